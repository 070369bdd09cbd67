"""Invented sentences with what drafters put together in each language: lists of bodies at levels, names and their parts, short
names, headings and notes, objectives by number and by subject."""

BODIES: dict[str, str] = {
    "en": """
We support subregional, regional and cross-regional processes, platforms and organizations at the global level.
Existing relevant regional and international fora, networks and frameworks on migration meet.
They met at the global, regional and subregional levels, and in consultation mechanisms at the bilateral and regional level.
Regional consultative processes, international organizations, financial institutions and civil society partners took part.
The private sector, international organizations and regional economic communities (RECs) were invited.
The State-led regional consultation mechanisms and other inter-State processes on international migration go on.
Through bilateral, regional or multilateral mechanisms and/or platforms on labour migration, as well as dialogues, they act.
Interregional forums on migration (IRFs) and global processes on migration, such as the GFMD and the IDM, met.
A process of long talks and the due process of law in a regional office take time.
International and regional human rights bodies, regional development banks and multilateral development banks pay.
Relevant United Nations entities, the United Nations system and the United Nations Network on Migration help.
United Nations peacekeepers and United Nations Headquarters do not.
The First Regional Conference on Migration, the 2nd Global Forum on Migration and Development and the XX Colombo Process met.
The International Organization for Migration (IOM), the International Organization of Employers and the World Bank Group agreed.
IOM, ILO, UNHCR, UNODC, UNICEF and UN-Women wrote; IOM's office and the IOM Council met.
Civil society partners, trade union leaders, diaspora organizations, migrants, women's organizations and youth organizations came.
Non-governmental organizations (NGOs) and non-governmental organizations (XYZ) came with faith-based organizations.
Employers’ and workers’ organizations, recruitment agencies, chambers of commerce, banks and mobile network operators came.
Academia, universities, research institutions, think tanks, the media, social media and media outlets reported.
Local authorities, cities, municipalities, parliaments, national human rights institutions and host communities met.
The Red Cross and Red Crescent Movement, the African Union, the European Union Member States and ASEAN met.
The Regional Economic Communities, the Economic Commission for Africa and the regional commissions of the United Nations met.
South-South and triangular cooperation, regional integration, free movement regimes and mutual legal assistance are other things.
The Budapest Process and the Prague Process working groups met; the process of Budapest is no process.
Members of the Almaty Process, of the Abu Dhabi Dialogue (ADD) and of the Arab Regional Consultative Process (ARCP) met. ADD agreed.
The Intergovernmental Authority on Development (IGAD) Regional Consultative Process on Migration (IGAD-RCP) met; the RCP agreed.
The South American Conference on Migration (hereinafter “the Conference”) met. The Conference and its conference rooms are large.
The Bali Process on People Smuggling met, and the Forum agreed with each forum and the next forum.
States, governments, ministries, national authorities and the general public are no partners.
Regional and bilateral dialogue, cooperation and partnerships, global governance and international cooperation grow.
Regional, subregional and international organizations and actors, existing networks and relevant stakeholders at all levels count.
International Migration Review Forum, Global Compact Network, Migration Multi-Partner Trust Fund and Migration Network Hub were named.
REGIONAL CONSULTATIVE PROCESSES AND CIVIL SOCIETY, the GLOBAL FORUM and Regional Processes were in capitals.
Migrant and diaspora organizations, migrant women, refugees, philanthropic organizations and the business community came.
Processes and platforms, forums and mechanisms of a regional or global nature, at the national level and at the regional level, exist.
Global and regional processes, the private sector, regional platforms, banks.
The Internatioral Organization for Migration, civi1 society, the privte sector and the Glo bal Forum on Migration and Development met.
Regional consultatve processes and trade unons, diaspora organizatlons, ACADEMIC INSTITUTI0NS and the Colmbo Process met.
The Bali Proces, the Bali Processs, the Khartoun Process and a Kharoum Process, carries, counties and vocal autorities met.
The regional econornic communities, the intemational organizations and inter national financial institutions met with univer sities.
Regionall processes, multi lateral dialogues, the Global Forun on Migraton and Developrnent and the Migrafion Forum met.
At the bilateral level, mechanisms; platforms on migration policy, networks of experts, and processes among States count.
The forum, its secretariat and the United Nations’ agencies; the United Nations 2030 Agenda.
Friends of the United Nations; staff of the United Nations.
The Seventh Bali Process Ministerial Conference, hereinafter the Ministerial Conference, and the Third IMRF met.
""",
    "es": """
Apoyamos los procesos, plataformas y organizaciones subregionales, regionales e interregionales a nivel mundial.
Los foros y mecanismos regionales e internacionales existentes sobre migración se reúnen.
Los procesos consultivos regionales y los foros interregionales, así como los mecanismos de consulta interestatales, se reunieron.
Las organizaciones internacionales, las instituciones financieras, la sociedad civil y el sector privado participaron.
La cooperación bilateral, regional y multilateral y los diálogos regionales sobre migración laboral crecen a nivel regional.
La Organización Internacional para las Migraciones (OIM), la OIT, el ACNUR y el Banco Interamericano de Desarrollo ayudan.
La V Conferencia Suramericana sobre Migraciones y la Primera Conferencia Regional sobre Migración (CRM) se reunieron.
La Conferencia acordó.
El Proceso de Quito, en adelante “el Proceso”, se reunió. El Proceso y el proceso de paz.
Los sindicatos, empleadores, universidades, medios de comunicación, diásporas, iglesias y autoridades locales vinieron.
Las Naciones Unidas, el sistema de las Naciones Unidas y la Red de las Naciones Unidas sobre la Migración apoyan.
Mecanismos de coordinación regional y procesos pertinentes existentes a niveles nacional, regional y mundial.
Las organizaciones de la sociedad civil, las organizaciones no gubernamentales (ONG) y los defensores de migrantes.
La Comunidad Andina, el MERCOSUR, la Unión Europea y las comisiones económicas regionales.
El debido proceso, un proceso de diálogo y la Conferencia de prensa no son nada.
""",
    "fr": """
Nous appuyons les processus, plateformes et organisations sous-régionaux, régionaux et interrégionaux au niveau mondial.
Les forums et mécanismes régionaux et internationaux existants sur les migrations se réunissent.
Les processus consultatifs régionaux, les mécanismes de coordination régionale et les instances internationales pertinentes.
Les organisations internationales, les institutions financières, la société civile et le secteur privé y ont pris part.
L’Organisation internationale pour les migrations (OIM), l’OIT, le HCR et l’Union africaine aident.
La 2e Conférence régionale sur la migration, ci-après dénommée la Conférence, a lieu. La Conférence décide.
Les syndicats, les employeurs, les universités, les médias, les diasporas et les collectivités locales sont venus.
Les Nations Unies, le système des Nations Unies et le Réseau des Nations Unies sur les migrations appuient.
La coopération bilatérale, régionale et internationale et les dialogues aux niveaux national, régional et mondial.
Le Processus de Rabat et le Processus de Khartoum se réunissent, le processus de paix aussi.
Le Forum mondial sur la migration et le développement (FMMD) a lieu. Le FMMD décide.
""",
    "pt": """
Apoiamos os processos, plataformas e organizações sub-regionais, regionais e inter-regionais em nível mundial.
Os fóruns e mecanismos regionais e internacionais existentes sobre migração reúnem-se.
As organizações internacionais, as instituições financeiras, a sociedade civil e o setor privado participaram.
A Organização Internacional para as Migrações (OIM), a OIT, o ACNUR e a União Europeia ajudam.
O Processo de Bali, doravante designado “o Processo”, reuniu-se. O Processo decidiu.
Os sindicatos, os empregadores, as universidades, os meios de comunicação, as diásporas e as autoridades locais vieram.
As Nações Unidas, a Comunidade dos Países de Língua Portuguesa (CPLP) e o Fórum Global sobre Migração e Desenvolvimento.
""",
    "ar": """
ندعم العمليات الاستشارية الإقليمية والمنتديات الأقاليمية والمنظمات الدولية.
شاركت المنظمة الدولية للهجرة ومنظمة العمل الدولية والمجتمع المدني والقطاع الخاص والنقابات.
عقد المنتدى العالمي المعني بالهجرة والتنمية واجتمعت عملية بالي. رحب المنتدى بذلك.
ترحب الأمم المتحدة والاتحاد الأفريقي وجامعة الدول العربية والجامعات ووسائل الإعلام بذلك.
""",
}

SUBJECTS: dict[str, str] = {
    "en": """
We refer to objectives 5 and 6 of the Global Compact for Migration.
See Objectives 1-3, 7 and 23 of the Compact, as well as objective 20.
The Global Compact for Safe, Orderly and Regular Migration, in its objective twenty-three, and Objectives 22, 24 and 99.
“Save lives and establish coordinated international efforts on missing migrants” is an objective.
The whole-of-government approach, the whole-of-society approach, the child-sensitive and gender-responsive principles guide us.
Target 10.7 of the Sustainable Development Goals, Goal 8.8 and objective 5 of another plan.
Objective 7 (vulnerabilities), Objective 8: missing migrants; Obj. 9 and Objs. 10, 11.
We collect disaggregated data and statistics on migration.
Disasters and climate change drive people from their homes.
Hotlines and websites inform migrants at all stages.
We issue passports and birth certificates to migrants without papers.
Labour mobility agreements and visas open pathways for regular migration and family reunification.
Recruitment fees are forbidden, contracts are fair and work is decent.
Unaccompanied children and victims of violence are protected in transit.
Search and rescue saves migrants at sea; the missing are identified.
We combat smuggling of migrants and trafficking in persons, and protect victims of trafficking.
Borders are managed with the rule of law; screening and referral are certain.
Detention is the last resort; alternatives to detention come first.
Consular protection, health care, education and basic services are open to migrants.
Inclusion and social cohesion, xenophobia, racism, hate speech and the media are spoken of.
Skills are developed and qualifications are recognized.
Diasporas invest in development; remittances become cheaper, and social security is portable.
Return, readmission and sustainable reintegration are safe and dignified.
Cooperation and partnerships grow through regional and global processes.
The weather is fine, and the river is long.
Element (i) and element 2 of the Compact, theme 4, thematic session three and cross-cutting principle (b).
National sovereignty, international cooperation, human rights, people-centred migration and the rule of law and due process.
""",
    "es": """
Véanse los objetivos 5, 6 y 23 del Pacto Mundial para la Migración.
La trata de personas y el tráfico ilícito de migrantes se combaten; las remesas son baratas.
Los niños migrantes no acompañados y la reunificación familiar se protegen, sin detención.
El enfoque pangubernamental y la perspectiva de género guían los objetivos 1 a 4.
El retorno digno, la readmisión y la reintegración sostenible siguen; los datos desglosados también.
""",
    "fr": """
Voir les objectifs 5, 6 et 23 du Pacte mondial pour des migrations sûres, ordonnées et régulières.
La traite des personnes et le trafic de migrants sont combattus; les transferts de fonds sont moins chers.
Les documents d’identité, les services consulaires et les soins de santé sont ouverts aux migrants.
L’approche pangouvernementale et la problématique femmes-hommes guident les objectifs 1 à 4.
""",
    "pt": """
Vejam-se os objetivos 5, 6 e 23 do Pacto Global para as Migrações.
O tráfico de pessoas é combatido e as remessas são baratas; as competências são reconhecidas.
""",
    "ar": """
انظر الهدفين 5 و 6 من الاتفاق العالمي من أجل الهجرة.
نكافح الاتجار بالأشخاص وتهريب المهاجرين ونخفض تكلفة التحويلات المالية.
""",
}
