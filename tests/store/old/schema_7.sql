BEGIN TRANSACTION;
CREATE TABLE decisions (
	decision_id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	reference_id TEXT NOT NULL, 
	document TEXT NOT NULL, 
	paragraph TEXT NOT NULL, 
	action TEXT NOT NULL, 
	reviewer TEXT NOT NULL, 
	at TEXT NOT NULL, 
	comment TEXT NOT NULL, 
	adjudicates BOOLEAN NOT NULL, 
	undoes INTEGER, 
	origin TEXT NOT NULL, 
	human TEXT NOT NULL, 
	machine TEXT NOT NULL, 
	text TEXT NOT NULL, 
	kind TEXT DEFAULT 'reference' NOT NULL, 
	UNIQUE (undoes)
);
INSERT INTO "decisions" VALUES(1,'70878ab896d1230e','declaration','1','accept','Ana','2026-11-28T12:21:10.223Z','',0,NULL,'python','','{"reference_id": "70878ab896d1230e", "document": "declaration", "work": "declaration", "role": "outcome", "title": "SAMPLE DECLARATION", "iscm": "", "language": "en", "paragraph": "1", "paragraph_row": "1", "citation": "§1", "heading": "", "objective": null, "category": "iscm.named", "section": "References to ISCMs", "wording": "Bali Process", "canonical": "Bali Process on People Smuggling, Trafficking in Persons and Related Transnational Crime", "level": "cross-regional", "quote": "...We recall the Bali Process and regional consultative processes.", "occurrences": 1, "start": 17, "end": 29, "page": null, "regions": "", "extractor": "phrases", "rule": "bali-process/Bali Process", "method": "exact", "score": 100.0, "status": "machine"}','the text','reference');
INSERT INTO "decisions" VALUES(2,'d4754fb57545156a','declaration','1','reject','Ben','2026-11-28T12:21:10.223Z','',0,NULL,'python','','{"reference_id": "d4754fb57545156a", "document": "declaration", "work": "declaration", "role": "outcome", "title": "SAMPLE DECLARATION", "iscm": "", "language": "en", "paragraph": "1", "paragraph_row": "1", "citation": "§1", "heading": "", "objective": null, "category": "iscm.rcp", "section": "References to ISCMs", "wording": "regional consultative processes", "canonical": "Regional consultative processes on migration", "level": "regional", "quote": "...We recall the Bali Process and regional consultative processes.", "occurrences": 1, "start": 34, "end": 65, "page": null, "regions": "", "extractor": "phrases", "rule": "rcp/regional consultative processes", "method": "exact", "score": 100.0, "status": "machine"}','the text','reference');
INSERT INTO "decisions" VALUES(3,'b33584b1b764e6a9','declaration','2','edit','Ana','2026-11-28T12:21:10.223Z','',0,NULL,'python','{"paragraph": "2", "category": "stakeholder.civil_society", "wording": "diasporas", "start": 14, "end": 23, "canonical": "", "paragraph_row": ""}','{"reference_id": "b33584b1b764e6a9", "document": "declaration", "work": "declaration", "role": "outcome", "title": "SAMPLE DECLARATION", "iscm": "", "language": "en", "paragraph": "2", "paragraph_row": "2", "citation": "§2", "heading": "", "objective": null, "category": "stakeholder.diasporas", "section": "References to various categories of non-State stakeholders", "wording": "diasporas", "canonical": "", "level": "", "quote": "...We consult diasporas and civil society, and thank the International Organization for Migration.", "occurrences": 1, "start": 14, "end": 23, "page": null, "regions": "", "extractor": "phrases", "rule": "diasporas/diasporas", "method": "exact", "score": 100.0, "status": "machine"}','the text','reference');
INSERT INTO "decisions" VALUES(4,'70878ab896d1230e','declaration','1','comment','Ben','2026-11-28T12:21:10.223Z','as printed; see “page 2”',0,NULL,'python','','{"reference_id": "70878ab896d1230e", "document": "declaration", "work": "declaration", "role": "outcome", "title": "SAMPLE DECLARATION", "iscm": "", "language": "en", "paragraph": "1", "paragraph_row": "1", "citation": "§1", "heading": "", "objective": null, "category": "iscm.named", "section": "References to ISCMs", "wording": "Bali Process", "canonical": "Bali Process on People Smuggling, Trafficking in Persons and Related Transnational Crime", "level": "cross-regional", "quote": "...We recall the Bali Process and regional consultative processes.", "occurrences": 1, "start": 17, "end": 29, "page": null, "regions": "", "extractor": "phrases", "rule": "bali-process/Bali Process", "method": "exact", "score": 100.0, "status": "machine"}','the text','reference');
INSERT INTO "decisions" VALUES(5,'5462efa8bbb7c4b1','declaration','1','add','Ana','2026-11-28T12:21:10.223Z','',0,NULL,'python','{"paragraph": "1", "category": "iscm.rcp", "wording": "recall", "start": 3, "end": 9, "canonical": "", "paragraph_row": ""}','','the text','reference');
INSERT INTO "decisions" VALUES(6,'9cfd8435854ee1de','declaration','2','reject','Ben','2026-11-28T12:21:10.223Z','',0,NULL,'python','','{"reference_id": "9cfd8435854ee1de", "document": "declaration", "work": "declaration", "role": "outcome", "title": "SAMPLE DECLARATION", "iscm": "", "language": "en", "paragraph": "2", "paragraph_row": "2", "citation": "§2", "heading": "", "objective": null, "category": "stakeholder.civil_society", "section": "References to various categories of non-State stakeholders", "wording": "civil society", "canonical": "", "level": "", "quote": "...We consult diasporas and civil society, and thank the International Organization for Migration.", "occurrences": 1, "start": 28, "end": 41, "page": null, "regions": "", "extractor": "phrases", "rule": "civil-society/civil society", "method": "exact", "score": 100.0, "status": "machine"}','the text','reference');
INSERT INTO "decisions" VALUES(7,'9cfd8435854ee1de','declaration','2','undo','Ben','2026-11-28T12:21:10.279Z','',0,6,'python','','','','reference');
CREATE TABLE documents (
	document TEXT NOT NULL, 
	sha256 TEXT NOT NULL, 
	work_key TEXT NOT NULL, 
	parse_key TEXT NOT NULL, 
	content TEXT NOT NULL, 
	said TEXT NOT NULL, 
	front TEXT NOT NULL, 
	shingles INTEGER NOT NULL, 
	sketch BLOB NOT NULL, 
	work TEXT NOT NULL, 
	role TEXT NOT NULL, 
	symbol TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	url TEXT NOT NULL, 
	file TEXT NOT NULL, 
	preferred BOOLEAN NOT NULL, 
	title TEXT NOT NULL, 
	iscm TEXT NOT NULL, 
	date TEXT NOT NULL, 
	language TEXT NOT NULL, 
	format TEXT NOT NULL, 
	pages INTEGER NOT NULL, 
	ocr BOOLEAN NOT NULL, 
	warnings TEXT NOT NULL, 
	seconds FLOAT NOT NULL, 
	run_id TEXT NOT NULL, 
	PRIMARY KEY (document)
);
INSERT INTO "documents" VALUES('declaration','03a31fe518228651c173fcddc92e64784f1c4c1fabebb4be2b18148ce5fd0c91','a1663c3fdb86dee1','9f71cb59fa98c3a8','069cd9c774b1f086','{"title": "SAMPLE DECLARATION", "body": "", "date": "", "warnings": [], "url": ""}','{"symbol": "", "kind": "declaration", "role": "outcome"}',17,X'F7C6AA19E2956C02AB5FB84CCE03F80AA1310F0829A67C0BDB47DAAACA1D6F15CDB2696D4CF51C2AF9C673090829982B28043625CFC6BD4B1E4EFA67B5713757AFFC2CA82902F681C8295464676E2198B2966E7097717DA663C08CA0B144B3BC545FC53829A7B0BF314824AE0274FCC19C9B8131AD8216CEDEB3AF27DEA84ECED3E5ACCD3F5735DC','declaration','outcome','','declaration','','declaration.txt',1,'SAMPLE DECLARATION','','','en','text',0,0,'[]',1.2254149765001784544e+01,'20261128T122038.383Z-257a');
CREATE TABLE doubtful (
	document TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	reference_id TEXT, 
	work TEXT, 
	role TEXT, 
	title TEXT, 
	iscm TEXT, 
	language TEXT, 
	paragraph TEXT, 
	paragraph_row TEXT, 
	citation TEXT, 
	heading TEXT, 
	objective INTEGER, 
	category TEXT, 
	section TEXT, 
	wording TEXT, 
	canonical TEXT, 
	level TEXT, 
	quote TEXT, 
	occurrences INTEGER, 
	start INTEGER, 
	"end" INTEGER, 
	page INTEGER, 
	regions TEXT, 
	extractor TEXT, 
	rule TEXT, 
	method TEXT, 
	score FLOAT, 
	status TEXT, 
	PRIMARY KEY (document, position), 
	FOREIGN KEY(document) REFERENCES documents (document) ON DELETE CASCADE
);
CREATE TABLE earlier (
	document TEXT NOT NULL, 
	content TEXT NOT NULL, 
	body BLOB NOT NULL, 
	PRIMARY KEY (document, content)
);
CREATE TABLE members (
	run_id TEXT NOT NULL, 
	document TEXT NOT NULL, 
	sha256 TEXT NOT NULL, 
	content TEXT NOT NULL, 
	title TEXT NOT NULL, 
	PRIMARY KEY (run_id, document)
);
INSERT INTO "members" VALUES('20261128T122038.383Z-257a','declaration','03a31fe518228651c173fcddc92e64784f1c4c1fabebb4be2b18148ce5fd0c91','069cd9c774b1f086','SAMPLE DECLARATION');
CREATE TABLE meta (
	name TEXT NOT NULL, 
	value TEXT, 
	PRIMARY KEY (name)
);
INSERT INTO "meta" VALUES('schema','7');
CREATE TABLE objectives (
	document TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	paragraph TEXT, 
	kind TEXT, 
	number TEXT, 
	basis TEXT, 
	wording TEXT, 
	score FLOAT, 
	reasons TEXT, 
	PRIMARY KEY (document, position), 
	FOREIGN KEY(document) REFERENCES documents (document) ON DELETE CASCADE
);
INSERT INTO "objectives" VALUES('declaration',0,'1','objective','23','implied','regional consultative processes',88.4,'terms +1.6; against other objectives +0.8; place of the terms +0.5; this objective -0.4; kind of text +0.3; likeness to its title +0.3; likeness to the objective''s text -0.3');
INSERT INTO "objectives" VALUES('declaration',1,'1','theme','3','implied','regional consultative processes',88.4,'');
INSERT INTO "objectives" VALUES('declaration',2,'2','objective','19','implied','diasporas',92.2,'likeness to the objective''s text +1.2; place of the terms +1.0; likeness to its title +1.0; this objective -0.8; against other objectives +0.8; kind of text +0.3; terms -0.2');
INSERT INTO "objectives" VALUES('declaration',3,'2','theme','4','implied','diasporas',92.2,'');
CREATE TABLE paragraphs (
	document TEXT NOT NULL, 
	"order" INTEGER NOT NULL, 
	paragraph TEXT, 
	citation TEXT, 
	kind TEXT, 
	heading_path TEXT, 
	objective INTEGER, 
	page INTEGER, 
	regions TEXT, 
	text TEXT, 
	suffix TEXT NOT NULL, 
	headings TEXT NOT NULL, 
	words BLOB NOT NULL, 
	PRIMARY KEY (document, "order"), 
	FOREIGN KEY(document) REFERENCES documents (document) ON DELETE CASCADE
);
INSERT INTO "paragraphs" VALUES('declaration',1,'TITLE','TITLE','title','',NULL,NULL,'','SAMPLE DECLARATION','','[]',X'');
INSERT INTO "paragraphs" VALUES('declaration',2,'1','§1','paragraph','',NULL,NULL,'','1. We recall the Bali Process and regional consultative processes.','','[]',X'');
INSERT INTO "paragraphs" VALUES('declaration',3,'2','§2','paragraph','',NULL,NULL,'','2. We consult diasporas and civil society, and thank the International Organization for Migration.','','[]',X'');
CREATE TABLE refs (
	document TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	reference_id TEXT, 
	work TEXT, 
	role TEXT, 
	title TEXT, 
	iscm TEXT, 
	language TEXT, 
	paragraph TEXT, 
	paragraph_row TEXT, 
	citation TEXT, 
	heading TEXT, 
	objective INTEGER, 
	category TEXT, 
	section TEXT, 
	wording TEXT, 
	canonical TEXT, 
	level TEXT, 
	quote TEXT, 
	occurrences INTEGER, 
	start INTEGER, 
	"end" INTEGER, 
	page INTEGER, 
	regions TEXT, 
	extractor TEXT, 
	rule TEXT, 
	method TEXT, 
	score FLOAT, 
	status TEXT, 
	PRIMARY KEY (document, position), 
	FOREIGN KEY(document) REFERENCES documents (document) ON DELETE CASCADE
);
INSERT INTO "refs" VALUES('declaration',0,'70878ab896d1230e','declaration','outcome','SAMPLE DECLARATION','','en','1','1','§1','',NULL,'iscm.named','References to ISCMs','Bali Process','Bali Process on People Smuggling, Trafficking in Persons and Related Transnational Crime','cross-regional','...We recall the Bali Process and regional consultative processes.',1,17,29,NULL,'','phrases','bali-process/Bali Process','exact',100.0,'machine');
INSERT INTO "refs" VALUES('declaration',1,'d4754fb57545156a','declaration','outcome','SAMPLE DECLARATION','','en','1','1','§1','',NULL,'iscm.rcp','References to ISCMs','regional consultative processes','Regional consultative processes on migration','regional','...We recall the Bali Process and regional consultative processes.',1,34,65,NULL,'','phrases','rcp/regional consultative processes','exact',100.0,'machine');
INSERT INTO "refs" VALUES('declaration',2,'b33584b1b764e6a9','declaration','outcome','SAMPLE DECLARATION','','en','2','2','§2','',NULL,'stakeholder.diasporas','References to various categories of non-State stakeholders','diasporas','','','...We consult diasporas and civil society, and thank the International Organization for Migration.',1,14,23,NULL,'','phrases','diasporas/diasporas','exact',100.0,'machine');
INSERT INTO "refs" VALUES('declaration',3,'9cfd8435854ee1de','declaration','outcome','SAMPLE DECLARATION','','en','2','2','§2','',NULL,'stakeholder.civil_society','References to various categories of non-State stakeholders','civil society','','','...We consult diasporas and civil society, and thank the International Organization for Migration.',1,28,41,NULL,'','phrases','civil-society/civil society','exact',100.0,'machine');
INSERT INTO "refs" VALUES('declaration',4,'c41e455a47579a94','declaration','outcome','SAMPLE DECLARATION','','en','2','2','§2','',NULL,'other.iom','Other references','International Organization for Migration','International Organization for Migration (IOM)','global','...We consult diasporas and civil society, and thank the International Organization for Migration.',1,57,97,NULL,'','phrases','iom/International Organization for Migration','exact',100.0,'machine');
CREATE TABLE row_sets (
	digest TEXT NOT NULL, 
	body BLOB NOT NULL, 
	PRIMARY KEY (digest)
);
INSERT INTO "row_sets" VALUES('32a104972722e2b4',X'7801AD564D6FDB300CFD2B824F1B10047162E763B7ACCDA140BB16ED801DDAC2906526D16A5B9E64B7E886FDF7917262BB769A646D0F09F4413F528F8F94FE3891124502696E9C2FECF6F6D68940C45CF35CAAD4B9EF31C7A1DF3D8D342C41432A606B3A194C27531E4E67E3C81D8E06D0B0EF2196137913DF5B863EFEFBAE3FE6EDFD7034F2A75EE88693B107633E6BEFCFC4329A7A68E37B006ED4C1179E0B9EEF73743399F199D7F89EE255E14F10B97CACE26D1E0DF75D3A5A654493E1C842D80D0D2BA480C74CA8D414718E8C3C02CBB4C2F31B84440F2DB6B690F91A1220B8F7A20D3B01BA2547762392DC644AF35742B13655282537EDEF88256944123C291DC974B54D6C8B2832E96B91513847D0B291CC2E7E2C52CA138808EB2B8F25BB2A196DE5CEE4FC01D62A8E401F08AE61D917F251C681514242FE4C1EEC02DB2ED071697577EE9A4035B7685E4F6A001A2964F75074D6A62F55427ECFD21C746A4B0B7575A9573C95BFED942D95661772B5B3EE6C867E152ADF2BE46692AEF76B97A9942595330CEC7D49B5E5F27A66C9DB15A82C06769314AB558C42EBB1EF9A2F97523CE0844932D006EB8CF13462D710F31C2232494D45D7899665551DA99A7D84D93A68E6BB239C135252251CA4E87F94D481AF158448A755DDE2A4DED9A5AD8367789BBCD0EF1BA5D8E0CC04E1735077CFEEE5815E1AE6DDDA9449164B6C04F5C177758C26444D1662773F272092A18D2C7FCE20403505A5B637975B533B1FADCB45A15506ECAE180EDC119B1BC9AB71025A0A6EB673EC1B58EC518415B1E026B70CDC1583019FD852EAF7FB3F8069103C8E19D9BE889A2AE440BDF6CBFBFA69AD02EAB526C051B261E0667E7175BE60A78B93F3F9F5FCFBD9E5B77627FE685E6C08E4A479AB50AE3EF8C8563DBB8F77ACDAD9A7B3CB8BCF14EB81A06D859779DA3C0F58254EDBC35EB48B9E5DCAD73C7DB0F93C369C4D1E852AF07946E5B67DABED7FAAFDFD075EF02F80');
INSERT INTO "row_sets" VALUES('79ba3eb899fe25a5',X'7801AD5A516FE33612FE2B445EAAA0C922F66EDAEDBD29B69333BA4A7CF6068BC3B6302889B6799145959212B887FBEF37434A1425CA8A132C506C65911C0E67BEF96686CA7FCFCEFE41BE7FFF7E168BA8DCB3B4C8CF2E88F971F627FCC017F8009324DB30C9D288A959E6D79AC7DD9922FC0F8B0AFEAC67D6C2494625DD4A9AEDC8134F639296FB90C9EE5A9E47FBF58B90314FB72D7548440BB615F240AA5167E556BC6F615ED027B61349CCE4FB048862F7DEA5EAB87F95A2386A2B73ECBC0C7334AB48872CF0A364D946F95132B59D7E94344BC37C1D1ED6067536881BD48434E77917334765AC235156F1601CD02B413930133947C728C0E21B5283BEBBA19A5E0F9E381DD0B567F93A933C8D7896C0A3396ABEE629A8BADF8B144FFD5A5C0D49C2F54AF5D78464526C78C2D6E299C967CE5E70E15F25CBD100EB81A0AED6997D3A6B084DF397237C00CC51A44CE63B9E2957D72E4159090D59D26B667B95D9B57A598710E02315298F6842244BA88AAEDA3D0D61F58AA7925170C566BD01F66C5C89AFFBE62BC58B43C6D6348DD7926DC15C46ABEA678771155800A2153928EFA89F46D7EE462F3BB14E29A2059EF6283E17A58C1829A8DCB2C2AC1BC667CE24D77CA4B61465011063C4A08E443B9A6E59777333AE8EAA8FB456273E302A5119330314C1F3131C256AB473F42DCD9449F348C00CF5AF3A58A3447777485FF2B0CE04EFA4B1E35E940C2387A5B172BBDACE753D686ACFEAEE5A4880ADC6CD31019AF56AC90302D631DFD82956072278D378AB390B19968A2AF3C2A4F4E6674FB6D64C870C6A879579EE38A6996D4E048E35CF9DD9E8F470F3F9E3E72B76B5F9146DAE4657366C70F6AB14AC4B146BDA87883FF3649D8B88B3E2A062689F259C397588BD26E634CF84A43A509DF9A8890AB7218AB4C8562BF5159919151875DD6A46C647473E1E1DF97474E4FAE8C82FDD91BB92630D454CDAE8D5B37796A373EF2C47FFDE59CE597A6739E7EA9D75DA197F3DC9129F4F9AF5DB49B34657DD690F7505DC6BF4D6A863ECD6A863E4D6A863DCD6A863D4D6A863CCD6A863C4D6A863BCD6A863B4D6E86BC67242A9BD7AD85CA3617B8D860D361AB6D868D864A3619B8D868D361AB6DA781862E361AB8D87AD36B6AD6698D0A9F334E73926748CE698C9318C630AE7F02E4A46CE1147CEA95CF7BB1E779DECFAD575A5EBBDD16F1E3FEFC63DBE74DFBACE1B5F79D4590C2FC3BE9791FBD2B185EBE1965355033F765C37BEEE53E3BA4F8D6BAF478D6B2F7675BBF658DFCB4DDFCB6DDFCB9DFBD281D4D8C1D4D8065503E2639D8306F303A47B49E6AB4990775D394F0B26B7D8E4A45847418320E496A6FCEFAA5AC42D90DD711DDC8E3CA6BC6031B9D7A3557D0B8B54E995E7AA39EC2C59AA1A18E6785062A662CFA3F3E13DEE457AD9D2083A09A28A21521543C3EB17923F433341F01A41C8EE81FD88C66CCF9DE625E0706903453534683169CAA8E630F884B5536F87A3EDEC1AD32F8B9D90BC38106803A6EC992522433B136F7EE74FCF8931CE04DAEA32812608EE93C8420AB87FCA718D524BF56B6AC5E572B238477FF81B09ED5CF770CDEC29A789D8968C6C842413EC1AC0037A514A56AAD9225E309F4EFCD5DBE5ADA0570244A595402568E5BF5DCE3768A76D19DFDE2A438A3D014DC844DD0D9080CA2768FFF0C8339A03B053E5CDAEBA01C32BB996151E8201ED2754F23064D4F646E32F701CF126C1440BD843531941F9DDE046C58DF1801E4F95C65C050C111BCBCB530E9D18C016643E4CFC4AAB23426DF0541D550732CB4900B14216250B135AC36A5051652BE2376AA6FD9257FE6458B9058DF88647640E2D1A449682B039DC4F707E23D85B000CB55239A7CA63D5E2AE15ED03F746CB03F0580EF7156406AD8F38A848C37886DD2000A2A28420F84243B82CD07181B75F7809803E78907CCB5302FFF9A886371189D887A26DB55714F4933D8558B7E277C936E596A9902EAA6B4D54483145AAAC022A99B0C5C89E95122F033CF83FDCE5B9F9B346F6A2E17CB2A02903E6B6007A410211F20499A7DE0FBD00DC7D03B7CE80FE80A6740B7D5D5A9CB2E902EEB4814CAA839DB2C297347C0BBDA196B5B1FCCD86720C01BFA6BB80C771C25454774181F630CC864450428E3A80FDFCC95BF8F538A91AD4053CE5C82A40ADE456C872DFB2B84214929152088FF34F010404C8D2B44BBC65703B44337E1A23C7B892956A473800B8A9003FA626BA01B8E6D5CF9FAE06837D32FBE24F48C058812D34C0E7082CD56D42C5092EB5897D26D98EA539A62E632C808A0DF895484AE4809CDC4AB8EB818F1B4F9836968B2AFD1C395E305B4E1E568F4BB2CA580476E77F03824DB854B6F26E67C35CF4AF9217269087ACE9AF66FE7DC70390AC2BCAF0FCDBE0CB4944D5530840285FD69CD84E1E60F70AF8F90599F23C4B6804A75C0095A1BD1049EAC4589C78FEE234AA84F0E60DE5AB33BFC25DF33C3F3C5DFE5E26A083AE1D70D56B6C647C7101B47948CAFD85394C8385394424D7A58D17F8CBE55C19F135D1064A56AE0037FA712CB138C25003908509DB2BFE1EB0E105D1153084969E3B4F9F018F50EEC277B6DAE226592C5951CA944156805CA0AB0B2B4D34E5C60BA349B1C3009F43E46670C38A855D555B693A4BD833D494E49EF1ED0EB30E86999E708A6D577F9457579B5F80AD9FF45386EBDFC2C1AA484C2F4853C1A05E350CEFA42833D4BFAE077D282EC91FE5F86AF49168EF001F41C90F08F5668FE706182DDE53D8521BD54B55FEACC4D4AC518F69B15D0EBFFEF9BA5F78ED02AC14B19C0B580C0D88844A1DA8D2DDB95FFAECF1B243C506B56409A52C03073600FD7D07FC2980DC2B43EB806F1DF0C83690B82FEB12BB8EA196A9542CB7BA80250D69F1AE9D32CC15DA3795A9BF408441F1A299546DA5B06A8AD755214B288124700BA20052A5C5DB375077E2B70A486DFDAA03002E55BE68659461B7CEA1CC0693D4C5A49BD95C83DCCE6F66C1BFA7EFDFE49E152AB900AC1B2FD76D18967ADE72DEA9AB870F7153C634C346C50A3C1BE1FD60F80AECE4CE322EAB72EE4FC8E82BC85E763D0C9AA3E34CB14CEE187C1504C720D358D5B44A0CA68AC3517D60FCE381DB44BCE8AC8DACDF0AE96EECD9558D9D9810B93FA09E462DA7F8D95457BB4D7DED872599EE68C80DE0B4D32D8507AA3E95612FEFEC8B0B5BF976EF5CE72605B73A4F600BAE73A9F6606D25DB6B357B756D06F5B6897483EABDE973BC0D241A2693031654929AC832531B6462C42A6E518757D36BC9DD4DF5BCCBD9A3056C8581BAD03781EB0541154127D0965905FE6ED12BF98A5FFD78616DE7055FED0AB636597F082CF16B6A153408269BF894DEB5BD8EF1782D7E000653B1A3063FB809468EE97C2024BE41A1098594BBC580508500DB2CE037ACC81AAF79FEB42EE55FA9AA5016BACC16579593469C52CE827DBF39EF1211F6371E3AC4ACBBA5BBDBCAFF5BB5A60B24153BA6F9B435332A41704CB5A7FB45DC4032B6D3261EC199897720CD8754F3A955DF95E155DA0719655DE5D47BFCB83FF89DB3FD6DB473D992377FE9F421361F443B93D497E50F1CFE7CA019F8F37FFF07D42FB23B');
CREATE TABLE runs (
	run_id TEXT NOT NULL, 
	started TEXT NOT NULL, 
	finished TEXT NOT NULL, 
	status TEXT NOT NULL, 
	summary TEXT NOT NULL, 
	PRIMARY KEY (run_id)
);
INSERT INTO "runs" VALUES('20261128T122038.383Z-257a','2026-11-28T12:20:38Z','2026-11-28T12:20:55Z','complete','{"run_id": "20261128T122038.383Z-257a", "started": "2026-11-28T12:20:38Z", "finished": "2026-11-28T12:20:55Z", "status": "complete", "version": "0.1.0", "versions": {"parser": "0b6e3f47dc905674", "lexicon": "3a2727334ad556d9", "extractors": "c37a2cbf4ecd032b"}, "libraries": {"python": "3.11.7", "spacy": "3.8.18", "pdfplumber": "0.11.10", "rapidfuzz": "3.14.6", "pandas": "3.1.1", "sqlalchemy": "2.0.58", "python-docx": "1.2.0", "xlsxwriter": "3.3.1"}, "counts": {"documents": 1, "paragraphs": 3, "references": 5, "objectives": 4, "pages": 0}, "processed": ["declaration"], "unchanged": [], "documents": [{"document": "declaration", "work": "declaration", "role": "outcome", "preferred": true, "title": "SAMPLE DECLARATION", "symbol": "", "iscm": "", "kind": "declaration", "date": "", "language": "en", "format": "text", "pages": 0, "url": "", "file": "declaration.txt", "sha256": "03a31fe518228651c173fcddc92e64784f1c4c1fabebb4be2b18148ce5fd0c91", "ocr": false, "paragraphs": 3, "references": 5, "objectives": 4, "warnings": [], "new_in_run": false}], "likely_copies": [], "failures": [], "missed": [], "not_fetched": [], "sample": false, "fingerprint": "4cc7371510ef7ea4", "review": {"digest": "4f53cda18c2baa0c", "counts": {}, "unattached": []}, "base": {"run_id": "", "started": "", "note": "This is the first run: there is none to compare it with, and nothing is marked as new."}, "changes": null, "files": ["briefs/declaration.docx", "briefs/declaration.html", "decisions.csv", "documents.csv", "gcmrefs.db", "objectives.csv", "paragraphs.csv", "reference_tables.docx", "reference_tables.xlsx", "references.csv", "references.parquet", "report.html", "run.json", "tables/commitments.csv", "tables/counts_by_category.csv", "tables/counts_by_document.csv", "tables/entry_points.csv", "tables/gaps.csv", "tables/igo_quotes.csv", "tables/igo_wordings.csv", "tables/iscm_areas_of_focus.csv", "tables/iscm_documents.csv", "tables/iscm_partnerships.csv", "tables/iscm_partnerships_by_category.csv", "tables/iscm_positions.csv", "tables/iscm_profile.csv", "tables/iscm_profile_overview.csv", "tables/iscm_quotes.csv", "tables/iscm_series.csv", "tables/iscm_states.csv", "tables/iscm_themes_principles_objectives.csv", "tables/iscm_themes_principles_objectives_in_common.csv", "tables/iscm_wordings.csv", "tables/iscms_by_type_and_region.csv", "tables/objectives_by_region_type_year.csv", "tables/other_quotes.csv", "tables/other_wordings.csv", "tables/recommendations.csv", "tables/stakeholder_quotes.csv", "tables/stakeholder_wordings.csv", "tables/stakeholders_by_objective.csv", "tables/stakeholders_by_objective_counts.csv", "tables/translation_differences.csv", "tables/translations.csv", "tables/who_names_whom.csv", "tables/who_names_whom.graphml", "word/declaration.docx"], "slugs": ["declaration"]}');
CREATE TABLE shown_rows (
	run_id TEXT NOT NULL, 
	document TEXT NOT NULL, 
	digest TEXT NOT NULL, 
	PRIMARY KEY (run_id, document)
);
INSERT INTO "shown_rows" VALUES('20261128T122038.383Z-257a','declaration','32a104972722e2b4');
INSERT INTO "shown_rows" VALUES('20261128T122038.383Z-257a','','79ba3eb899fe25a5');
CREATE INDEX ix_shown_rows_digest ON shown_rows (digest);
CREATE INDEX ix_decisions_reference_id ON decisions (reference_id);
CREATE INDEX ix_refs_reference_id ON refs (reference_id);
CREATE INDEX ix_refs_category ON refs (category);
CREATE INDEX ix_doubtful_category ON doubtful (category);
CREATE INDEX ix_doubtful_reference_id ON doubtful (reference_id);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('decisions',7);
COMMIT;
