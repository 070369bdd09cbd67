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
	UNIQUE (undoes)
);
INSERT INTO "decisions" VALUES(1,'70878ab896d1230e','declaration','1','accept','Ana','2026-11-28T12:17:42.331Z','',0,NULL,'python','','{"reference_id": "70878ab896d1230e", "document": "declaration", "work": "declaration", "role": "outcome", "title": "SAMPLE DECLARATION", "iscm": "", "language": "en", "paragraph": "1", "paragraph_row": "1", "citation": "§1", "heading": "", "objective": null, "category": "iscm.named", "section": "References to ISCMs", "wording": "Bali Process", "canonical": "Bali Process on People Smuggling, Trafficking in Persons and Related Transnational Crime", "level": "cross-regional", "quote": "...We recall the Bali Process and regional consultative processes.", "occurrences": 1, "start": 17, "end": 29, "page": null, "regions": "", "extractor": "phrases", "rule": "bali-process/Bali Process", "method": "exact", "score": 100.0, "status": "machine"}','the text');
INSERT INTO "decisions" VALUES(2,'d4754fb57545156a','declaration','1','reject','Ben','2026-11-28T12:17:42.331Z','',0,NULL,'python','','{"reference_id": "d4754fb57545156a", "document": "declaration", "work": "declaration", "role": "outcome", "title": "SAMPLE DECLARATION", "iscm": "", "language": "en", "paragraph": "1", "paragraph_row": "1", "citation": "§1", "heading": "", "objective": null, "category": "iscm.rcp", "section": "References to ISCMs", "wording": "regional consultative processes", "canonical": "Regional consultative processes on migration", "level": "regional", "quote": "...We recall the Bali Process and regional consultative processes.", "occurrences": 1, "start": 34, "end": 65, "page": null, "regions": "", "extractor": "phrases", "rule": "rcp/regional consultative processes", "method": "exact", "score": 100.0, "status": "machine"}','the text');
INSERT INTO "decisions" VALUES(3,'b33584b1b764e6a9','declaration','2','edit','Ana','2026-11-28T12:17:42.331Z','',0,NULL,'python','{"paragraph": "2", "category": "stakeholder.civil_society", "wording": "diasporas", "start": 14, "end": 23, "canonical": "", "paragraph_row": ""}','{"reference_id": "b33584b1b764e6a9", "document": "declaration", "work": "declaration", "role": "outcome", "title": "SAMPLE DECLARATION", "iscm": "", "language": "en", "paragraph": "2", "paragraph_row": "2", "citation": "§2", "heading": "", "objective": null, "category": "stakeholder.diasporas", "section": "References to various categories of non-State stakeholders", "wording": "diasporas", "canonical": "", "level": "", "quote": "...We consult diasporas and civil society, and thank the International Organization for Migration.", "occurrences": 1, "start": 14, "end": 23, "page": null, "regions": "", "extractor": "phrases", "rule": "diasporas/diasporas", "method": "exact", "score": 100.0, "status": "machine"}','the text');
INSERT INTO "decisions" VALUES(4,'70878ab896d1230e','declaration','1','comment','Ben','2026-11-28T12:17:42.331Z','as printed; see “page 2”',0,NULL,'python','','{"reference_id": "70878ab896d1230e", "document": "declaration", "work": "declaration", "role": "outcome", "title": "SAMPLE DECLARATION", "iscm": "", "language": "en", "paragraph": "1", "paragraph_row": "1", "citation": "§1", "heading": "", "objective": null, "category": "iscm.named", "section": "References to ISCMs", "wording": "Bali Process", "canonical": "Bali Process on People Smuggling, Trafficking in Persons and Related Transnational Crime", "level": "cross-regional", "quote": "...We recall the Bali Process and regional consultative processes.", "occurrences": 1, "start": 17, "end": 29, "page": null, "regions": "", "extractor": "phrases", "rule": "bali-process/Bali Process", "method": "exact", "score": 100.0, "status": "machine"}','the text');
INSERT INTO "decisions" VALUES(5,'5462efa8bbb7c4b1','declaration','1','add','Ana','2026-11-28T12:17:42.331Z','',0,NULL,'python','{"paragraph": "1", "category": "iscm.rcp", "wording": "recall", "start": 3, "end": 9, "canonical": "", "paragraph_row": ""}','','the text');
INSERT INTO "decisions" VALUES(6,'9cfd8435854ee1de','declaration','2','reject','Ben','2026-11-28T12:17:42.331Z','',0,NULL,'python','','{"reference_id": "9cfd8435854ee1de", "document": "declaration", "work": "declaration", "role": "outcome", "title": "SAMPLE DECLARATION", "iscm": "", "language": "en", "paragraph": "2", "paragraph_row": "2", "citation": "§2", "heading": "", "objective": null, "category": "stakeholder.civil_society", "section": "References to various categories of non-State stakeholders", "wording": "civil society", "canonical": "", "level": "", "quote": "...We consult diasporas and civil society, and thank the International Organization for Migration.", "occurrences": 1, "start": 28, "end": 41, "page": null, "regions": "", "extractor": "phrases", "rule": "civil-society/civil society", "method": "exact", "score": 100.0, "status": "machine"}','the text');
INSERT INTO "decisions" VALUES(7,'9cfd8435854ee1de','declaration','2','undo','Ben','2026-11-28T12:17:42.397Z','',0,6,'python','','','');
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
INSERT INTO "documents" VALUES('declaration','03a31fe518228651c173fcddc92e64784f1c4c1fabebb4be2b18148ce5fd0c91','900b73c061d15fc8','155a0edf7f49b9cb','069cd9c774b1f086','{"title": "SAMPLE DECLARATION", "body": "", "date": "", "warnings": [], "url": ""}','{"symbol": "", "kind": "declaration", "role": "outcome"}',17,X'F7C6AA19E2956C02AB5FB84CCE03F80AA1310F0829A67C0BDB47DAAACA1D6F15CDB2696D4CF51C2AF9C673090829982B28043625CFC6BD4B1E4EFA67B5713757AFFC2CA82902F681C8295464676E2198B2966E7097717DA663C08CA0B144B3BC545FC53829A7B0BF314824AE0274FCC19C9B8131AD8216CEDEB3AF27DEA84ECED3E5ACCD3F5735DC','declaration','outcome','','declaration','','declaration.txt',1,'SAMPLE DECLARATION','','','en','text',0,0,'[]',2.23240800510029657743e+01,'20261128T121701.289Z-8325');
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
INSERT INTO "members" VALUES('20261128T121701.289Z-8325','declaration','03a31fe518228651c173fcddc92e64784f1c4c1fabebb4be2b18148ce5fd0c91','069cd9c774b1f086','SAMPLE DECLARATION');
CREATE TABLE meta (
	name TEXT NOT NULL, 
	value TEXT, 
	PRIMARY KEY (name)
);
INSERT INTO "meta" VALUES('schema','6');
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
INSERT INTO "row_sets" VALUES('496b663327d1b8ee',X'7801AD5A6D6FE33612FE2B44BE54419345EC36EDEE7D536C27677495B8F6068BC3B6302889B6799145959212B887FBEF9D21258A1265C5091628B6B2480EE7E599678654FE7776F62FF2EDDBB7B35844E59EA5457E7641CC8FB33FE107BEC0079824D9864996464CCD32BFD63CEECE14E17F5954F0673DB3164E322AE956D26C479E781A93B4DC874C76D7F23CDAAF5F848C79BA6DA943225AB0AD9007528D3A2BB7E27D0BF3823EB19D486226DF274014BBF72E55E6FE558AE2A8AF8CD97919E6E856910E79E07BC9B29DF2BD646A3F7D2F699686F93A3CAC0DEA6C1037A80969CEF32E668ECA5847A2ACF2C104A057820A6026728E815180C537A4067D774335BD1E3C713AA06BCFF27526791AF12C8147636ABEE629A8BADF8B14AD7E2DAF8624E17AA5FA6B423229363C616BF1CCE433672FB8F0AF92E5E880F5405257EBCC3E9D3584A6F9CB113E00E6285226F31DCF54A8EB90A0AC84862CE975B3BDCAEC5ABDAC5308F0918A9447342192255465571D9E86B07AC553C9288462B3DE007B36A1C4D77DF395E2C521636B9AC66BC9B6E02EA355F5B3C3B80A2C00D18A1C5474D44FA36B77A3979D58A714D1024F7B149F8B52468C14546E5961D60DE33367926B3E525B8AB2008831625047A21D4DB7ACBBB91957A66A93D6CAE203A3129531334011B49FE02851A31DD3B734532ECD230133D4BFCAB04689EEEE50BEE4619D09DE2963C7A32819660E4B631576B59D1B7AD0D49ED5DDB590005B8D9B630234EBD5920704AC63BEB14BAC4E4488A68956630B19968A2AF3C294F4E6674FB5D64C870C6AA79579EE04A6996D2C82C09AE7CE6C0C7ABCA15757E3E8D3E863483F5E33BB5BC0D9AF52B06E51AC691F22FECC93752E22CE8A83CAA17D96F09664D5B1D86B624EF34C48AA13D5998F9AA8741BA2488B6CB5525F909951815137AC66647C74E4A7A3233F1F1DB93E3AF24B77E4AEE4D8431153367AF5EC9DE5E8DC3BCBD1BF7796634BEF2CC7AEDE59A7D9F8EB499EF878D2AC4F27CD1A5D75A73DD41D70AFD35BA38EB35BA38E935BA38E735BA38E535BA38E335BA38E135BA38EF35AA38ED35AA3AF39CB49A5F6EA61778D86FD351A76D868D863A361978D867D361A76DA68D86BE361888D87BD361EF6DAD8F69A6142A7CFD39CE7B8D0719AE326C7318E2B1CE35D948C1C13478E556EF8DD88BB4176E3EA86D28DDEE893C7CFBB798F2FDDB76EF0C6571E7516C3CBB0EF65E4BE747CE146B81554550EC74EE8C6D77D6A5CF7A971EDF5A871EDC5AE6ED71EEB7BB9E97BB9ED7BB9735F3A901A3B981ADBA06A407CECE4A0C1FC00E55E92F96A12E4DD50CED382C92D1E7252ECA3E08020E496A6FCEFAA5BC42D90DD711DDC8E3CA6BC6031B9D7A3557F0B8B54EB95E7EA70D859B2543D30CCF1A0C54CC59E47E7C37BDC8BF4B2A5119C24886A8648D50C0DAF5F48FE0C870982D70842760DF6231AB33D770E2F01874B1B68AAE1801693A68D6A8CC127EC9D7A4F38DACFAE33FDB2D809C98B038163C0943DB34464E867E2CDEFFCE93931CE99C0B1BA4CE01004F749642105DC3FE5B846A9A5CE6B6AC5E572B238C778F81B09C7B9AE71CDEC29A789D8968C6C8424133C354004F4A294ACD4618B78C17C3AF1576F97B782B312202AAD042A412BFFED72BEC271DA96F1F5AD32A4D813D0844CD4DD0009A87C82E31F9A3CA339003B55D1ECAA1B30BC926B79E12118D07E42250F4346ED6834F182C0116F124CB4803D1C2A2368BF1BDCA8BC3111D0E3A9D298AB842162634579CAE12406B005990F13BFD2EA88501B3CD589AA0399E524805C218B928509AD6135A8A8F215F11B35D37EC92B7F32ACDC82467CC3233287231A649682B031EE07B0DF08F6160043AD54CEA98A58B5B8EB45DBE0DE6C79001ECBE1BE82CCE0E8230E2AD3309F61374880A82821093ED3102E0B745EE0ED175E02600C1E24DFF294C07F3EAAE14D4422F6A1687BED1505FD644F21D7ADFC5DB24DB9652AA58BEA5A1315524C912AAF804A266D31B367A5C4CB000FFE0F77796EFDAC91BD68389F2C68CA80B92D805E9040843C41E6A9F7C3280077DFC0AD33A03FA029DDC2B92E2D4ED9740177DA40269561A7ACF0250DDF426FA865ED2C7FB3A11C53C0AFE92EE0719C3095D55D50A03F0CB321119450A30EE03F7FF2167E3D4EAA0675014F39B20A502BB915B2DCB73CAE108564A4144273FE2D808000599A7689B70C6E8768C64F63E41857B252ED080700371510C7D4643700D7BCFAF1E7ABC1649FCC3EFB13123056E0111AE0730496EA36A1E20497DAC43E936CC7D21C4B97711640C506FC4A242572404E6E25DCF5C0C78D272C1BCB45557E8E9817CC969387D5E392AC321681DFF9DF8060932E95AFBCDBD93017FD5EF2C224F29037FDD5CCBFEF44008A7545199E7F1B7C3E89A87A1A0148E5CB9A13DBC503FC5E013FBF20539E67098DC0CA055019FA0B91A42CC6E6C4F317A75125A4376F285FD9FC0A77CDF3FCF074F95B99800EBA77C055AFB19189C505D0E62129F717C698060B73C848AE5B1B2FF097CBB972E26BA20D94AC5A0161F4E358627384A906200B13B657FC3DE0C30BA23B60482D3D779E3E031EA1DD85EF6CB5C74DB158B2A2942983AA00B5407717569968DA8D1746936287093E87CCCDE086151BBBAAB7D27496B067E829C93DE3DB1D561D4C333DE114DFAEFE28AFAE36BF005B3FE9A70CD7BF85835593985E90A68341BD6A18DE495166A87FDD0FFAD05C923FCAF1D5E827A2A3037C042D3F20D49B3D9E1B60B4784F614B6D542F55F5B31253B3463DA6C57639FCFAC7EB7EE17508B053C4762E60311C402474EA4095EECEFDD2678F971D2A36A8254B68651904B001E86F3BE04F01E45E395A277CCBC023DB40E1BEAC5BEC3A875AAE52B9DC3A052C69488B77ED9461ADD0B1A95CFD19320C9A17CDA46A2B8555D3BCAE0A59420B24815B1005502A2DDEBE81BE13BF554069EB571D0070A9EA45ABA20C87750E6D36B8A46E26DDCAE63AE4767E330BFE337DFF26F7AC50C50560DD44B93E8661ABE72DE79DBE7AD8889B32A6191E54ACC4B311DE0F862FC04EEE2C13B2AAE6FE808CBE82EA65F7C3A03906CE34CBE48EC15741080C328DD54DABC260BA381CD506E31F0FDC26E245576D64FD564A7773CFEE6AECC284C8FD0EFD346A39C5CFA6BADB6DFA6B3F2CC97447436E00A7836E293CD0F5A90A7B79675F5CD8CAB7CFCE756D5270ABEB041EC1752DD511ACBD6447AD66AFAECFA0DF36996E50BD37E71C6F038586C9E4800D95A426B3CCD4069998B18A5B94F16A7A2DB9BBA99E77397BB480AD305037FA2671BD20A832E804DA32AB20DE2D7A255FF0AB1F2FACEDBCE08BDDC1D62EEB4F81257E4DAD9206C164139FD2BBF6D7311EAFC50FC0602A76D4E00737C1CC31271F4889AFD0684223E56E31205421C0760BC40D3BB2266A9E3FAD5BF957BA2A948521B3C555EDA411A794B360DFEFCEBB4484FD070F9D62D6DDD2DD6D15FFAD5AD30592CA1D73F8B435332A41724C75A4FB45DC4031B6CB269AE0CCC43B90E643AAF9D4AAEFCAF02AED838CB2AE72EA3D7EDCB7BFA03ADF39DBDF463B972D79F3974E1F62F341B433497D59FEC0E1CF079A813FFFFF0FA329B26D');
CREATE TABLE runs (
	run_id TEXT NOT NULL, 
	started TEXT NOT NULL, 
	finished TEXT NOT NULL, 
	status TEXT NOT NULL, 
	summary TEXT NOT NULL, 
	PRIMARY KEY (run_id)
);
INSERT INTO "runs" VALUES('20261128T121701.289Z-8325','2026-11-28T12:17:01Z','2026-11-28T12:17:23Z','complete','{"run_id": "20261128T121701.289Z-8325", "started": "2026-11-28T12:17:01Z", "finished": "2026-11-28T12:17:23Z", "status": "complete", "version": "0.1.0", "versions": {"parser": "18d2ea85c61545b4", "lexicon": "54cd7e448f558ba6", "extractors": "65c5f6b74ebeece9"}, "libraries": {"python": "3.11.7", "spacy": "3.8.18", "pdfplumber": "0.11.10", "rapidfuzz": "3.14.6", "pandas": "3.1.1", "sqlalchemy": "2.0.58", "python-docx": "1.2.0", "xlsxwriter": "3.3.1"}, "counts": {"documents": 1, "paragraphs": 3, "references": 5, "objectives": 4, "pages": 0}, "processed": ["declaration"], "unchanged": [], "documents": [{"document": "declaration", "work": "declaration", "role": "outcome", "preferred": true, "title": "SAMPLE DECLARATION", "symbol": "", "iscm": "", "kind": "declaration", "date": "", "language": "en", "format": "text", "pages": 0, "url": "", "file": "declaration.txt", "sha256": "03a31fe518228651c173fcddc92e64784f1c4c1fabebb4be2b18148ce5fd0c91", "ocr": false, "paragraphs": 3, "references": 5, "objectives": 4, "warnings": [], "new_in_run": false}], "likely_copies": [], "failures": [], "missed": [], "not_fetched": [], "sample": false, "fingerprint": "7cf1620d2edd39fb", "review": {"digest": "4f53cda18c2baa0c", "counts": {}, "unattached": []}, "base": {"run_id": "", "started": "", "note": "This is the first run: there is none to compare it with, and nothing is marked as new."}, "changes": null, "files": ["briefs/declaration.docx", "briefs/declaration.html", "decisions.csv", "documents.csv", "gcmrefs.db", "objectives.csv", "paragraphs.csv", "reference_tables.docx", "reference_tables.xlsx", "references.csv", "references.parquet", "report.html", "run.json", "tables/commitments.csv", "tables/counts_by_category.csv", "tables/counts_by_document.csv", "tables/entry_points.csv", "tables/gaps.csv", "tables/igo_quotes.csv", "tables/igo_wordings.csv", "tables/iscm_areas_of_focus.csv", "tables/iscm_documents.csv", "tables/iscm_partnerships.csv", "tables/iscm_partnerships_by_category.csv", "tables/iscm_positions.csv", "tables/iscm_profile.csv", "tables/iscm_profile_overview.csv", "tables/iscm_quotes.csv", "tables/iscm_series.csv", "tables/iscm_states.csv", "tables/iscm_themes_principles_objectives.csv", "tables/iscm_themes_principles_objectives_in_common.csv", "tables/iscm_wordings.csv", "tables/iscms_by_type_and_region.csv", "tables/objectives_by_region_type_year.csv", "tables/other_quotes.csv", "tables/other_wordings.csv", "tables/recommendations.csv", "tables/stakeholder_quotes.csv", "tables/stakeholder_wordings.csv", "tables/stakeholders_by_objective.csv", "tables/stakeholders_by_objective_counts.csv", "tables/translation_differences.csv", "tables/translations.csv", "tables/who_names_whom.csv", "tables/who_names_whom.graphml", "word/declaration.docx"], "slugs": ["declaration"]}');
CREATE TABLE shown_rows (
	run_id TEXT NOT NULL, 
	document TEXT NOT NULL, 
	digest TEXT NOT NULL, 
	PRIMARY KEY (run_id, document)
);
INSERT INTO "shown_rows" VALUES('20261128T121701.289Z-8325','declaration','32a104972722e2b4');
INSERT INTO "shown_rows" VALUES('20261128T121701.289Z-8325','','496b663327d1b8ee');
CREATE INDEX ix_shown_rows_digest ON shown_rows (digest);
CREATE INDEX ix_decisions_reference_id ON decisions (reference_id);
CREATE INDEX ix_refs_reference_id ON refs (reference_id);
CREATE INDEX ix_refs_category ON refs (category);
CREATE INDEX ix_doubtful_reference_id ON doubtful (reference_id);
CREATE INDEX ix_doubtful_category ON doubtful (category);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('decisions',7);
COMMIT;
