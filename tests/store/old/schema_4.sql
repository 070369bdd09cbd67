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
INSERT INTO "decisions" VALUES(1,'70878ab896d1230e','declaration','1','accept','Ana','2026-11-28T12:16:12.404Z','',0,NULL,'python','','{"reference_id": "70878ab896d1230e", "document": "declaration", "title": "SAMPLE DECLARATION", "iscm": "", "language": "en", "paragraph": "1", "citation": "§1", "heading": "", "objective": null, "category": "iscm.named", "section": "References to ISCMs", "wording": "Bali Process", "canonical": "Bali Process on People Smuggling, Trafficking in Persons and Related Transnational Crime", "level": "cross-regional", "quote": "...We recall the Bali Process and regional consultative processes.", "occurrences": 1, "start": 17, "end": 29, "page": null, "regions": "", "extractor": "phrases", "rule": "bali-process/Bali Process", "method": "exact", "score": 100.0, "status": "machine"}','the text');
INSERT INTO "decisions" VALUES(2,'d4754fb57545156a','declaration','1','reject','Ben','2026-11-28T12:16:12.404Z','',0,NULL,'python','','{"reference_id": "d4754fb57545156a", "document": "declaration", "title": "SAMPLE DECLARATION", "iscm": "", "language": "en", "paragraph": "1", "citation": "§1", "heading": "", "objective": null, "category": "iscm.rcp", "section": "References to ISCMs", "wording": "regional consultative processes", "canonical": "Regional consultative processes on migration", "level": "regional", "quote": "...We recall the Bali Process and regional consultative processes.", "occurrences": 1, "start": 34, "end": 65, "page": null, "regions": "", "extractor": "phrases", "rule": "rcp/regional consultative processes", "method": "exact", "score": 100.0, "status": "machine"}','the text');
INSERT INTO "decisions" VALUES(3,'b33584b1b764e6a9','declaration','2','edit','Ana','2026-11-28T12:16:12.404Z','',0,NULL,'python','{"paragraph": "2", "category": "stakeholder.civil_society", "wording": "diasporas", "start": 14, "end": 23, "canonical": ""}','{"reference_id": "b33584b1b764e6a9", "document": "declaration", "title": "SAMPLE DECLARATION", "iscm": "", "language": "en", "paragraph": "2", "citation": "§2", "heading": "", "objective": null, "category": "stakeholder.diasporas", "section": "References to various categories of non-State stakeholders", "wording": "diasporas", "canonical": "", "level": "", "quote": "...We consult diasporas and civil society, and thank the International Organization for Migration.", "occurrences": 1, "start": 14, "end": 23, "page": null, "regions": "", "extractor": "phrases", "rule": "diasporas/diasporas", "method": "exact", "score": 100.0, "status": "machine"}','the text');
INSERT INTO "decisions" VALUES(4,'70878ab896d1230e','declaration','1','comment','Ben','2026-11-28T12:16:12.404Z','as printed; see “page 2”',0,NULL,'python','','{"reference_id": "70878ab896d1230e", "document": "declaration", "title": "SAMPLE DECLARATION", "iscm": "", "language": "en", "paragraph": "1", "citation": "§1", "heading": "", "objective": null, "category": "iscm.named", "section": "References to ISCMs", "wording": "Bali Process", "canonical": "Bali Process on People Smuggling, Trafficking in Persons and Related Transnational Crime", "level": "cross-regional", "quote": "...We recall the Bali Process and regional consultative processes.", "occurrences": 1, "start": 17, "end": 29, "page": null, "regions": "", "extractor": "phrases", "rule": "bali-process/Bali Process", "method": "exact", "score": 100.0, "status": "machine"}','the text');
INSERT INTO "decisions" VALUES(5,'5462efa8bbb7c4b1','declaration','1','add','Ana','2026-11-28T12:16:12.404Z','',0,NULL,'python','{"paragraph": "1", "category": "iscm.rcp", "wording": "recall", "start": 3, "end": 9, "canonical": ""}','','the text');
INSERT INTO "decisions" VALUES(6,'9cfd8435854ee1de','declaration','2','reject','Ben','2026-11-28T12:16:12.404Z','',0,NULL,'python','','{"reference_id": "9cfd8435854ee1de", "document": "declaration", "title": "SAMPLE DECLARATION", "iscm": "", "language": "en", "paragraph": "2", "citation": "§2", "heading": "", "objective": null, "category": "stakeholder.civil_society", "section": "References to various categories of non-State stakeholders", "wording": "civil society", "canonical": "", "level": "", "quote": "...We consult diasporas and civil society, and thank the International Organization for Migration.", "occurrences": 1, "start": 28, "end": 41, "page": null, "regions": "", "extractor": "phrases", "rule": "civil-society/civil society", "method": "exact", "score": 100.0, "status": "machine"}','the text');
INSERT INTO "decisions" VALUES(7,'9cfd8435854ee1de','declaration','2','undo','Ben','2026-11-28T12:16:12.446Z','',0,6,'python','','','');
CREATE TABLE documents (
	document TEXT NOT NULL, 
	sha256 TEXT NOT NULL, 
	work_key TEXT NOT NULL, 
	parse_key TEXT NOT NULL, 
	content TEXT NOT NULL, 
	said TEXT NOT NULL, 
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
INSERT INTO "documents" VALUES('declaration','03a31fe518228651c173fcddc92e64784f1c4c1fabebb4be2b18148ce5fd0c91','5fa9757af34b551b','fcae9f4b8ce5ca05','6c02fcfbe27937b4','{"title": "SAMPLE DECLARATION", "body": "", "date": "", "warnings": []}','SAMPLE DECLARATION','','','en','text',0,0,'[]',9.27793052899505710229e+00,'20261128T121555.177Z-dbd6');
CREATE TABLE doubtful (
	document TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	reference_id TEXT, 
	title TEXT, 
	iscm TEXT, 
	language TEXT, 
	paragraph TEXT, 
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
INSERT INTO "members" VALUES('20261128T121555.177Z-dbd6','declaration','03a31fe518228651c173fcddc92e64784f1c4c1fabebb4be2b18148ce5fd0c91','6c02fcfbe27937b4','SAMPLE DECLARATION');
CREATE TABLE meta (
	name TEXT NOT NULL, 
	value TEXT, 
	PRIMARY KEY (name)
);
INSERT INTO "meta" VALUES('schema','4');
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
INSERT INTO "objectives" VALUES('declaration',0,'1','objective','23','implied','regional consultative processes',83.1,'terms +1.6; against other objectives +0.8; this objective -0.6; place of the terms +0.5; likeness to the objective''s text -0.4; likeness to its title +0.3; kind of text +0.3');
INSERT INTO "objectives" VALUES('declaration',1,'1','theme','3','implied','regional consultative processes',85.0,'');
INSERT INTO "objectives" VALUES('declaration',2,'2','objective','19','implied','diasporas',92.1,'likeness to the objective''s text +1.1; place of the terms +1.0; likeness to its title +0.9; against other objectives +0.8; this objective -0.7; kind of text +0.3; terms -0.1');
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
	title TEXT, 
	iscm TEXT, 
	language TEXT, 
	paragraph TEXT, 
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
INSERT INTO "refs" VALUES('declaration',0,'70878ab896d1230e','SAMPLE DECLARATION','','en','1','§1','',NULL,'iscm.named','References to ISCMs','Bali Process','Bali Process on People Smuggling, Trafficking in Persons and Related Transnational Crime','cross-regional','...We recall the Bali Process and regional consultative processes.',1,17,29,NULL,'','phrases','bali-process/Bali Process','exact',100.0,'machine');
INSERT INTO "refs" VALUES('declaration',1,'d4754fb57545156a','SAMPLE DECLARATION','','en','1','§1','',NULL,'iscm.rcp','References to ISCMs','regional consultative processes','Regional consultative processes on migration','regional','...We recall the Bali Process and regional consultative processes.',1,34,65,NULL,'','phrases','rcp/regional consultative processes','exact',100.0,'machine');
INSERT INTO "refs" VALUES('declaration',2,'b33584b1b764e6a9','SAMPLE DECLARATION','','en','2','§2','',NULL,'stakeholder.diasporas','References to various categories of non-State stakeholders','diasporas','','','...We consult diasporas and civil society, and thank the International Organization for Migration.',1,14,23,NULL,'','phrases','diasporas/diasporas','exact',100.0,'machine');
INSERT INTO "refs" VALUES('declaration',3,'9cfd8435854ee1de','SAMPLE DECLARATION','','en','2','§2','',NULL,'stakeholder.civil_society','References to various categories of non-State stakeholders','civil society','','','...We consult diasporas and civil society, and thank the International Organization for Migration.',1,28,41,NULL,'','phrases','civil-society/civil society','exact',100.0,'machine');
INSERT INTO "refs" VALUES('declaration',4,'c41e455a47579a94','SAMPLE DECLARATION','','en','2','§2','',NULL,'other.iom','Other references','International Organization for Migration','International Organization for Migration (IOM)','global','...We consult diasporas and civil society, and thank the International Organization for Migration.',1,57,97,NULL,'','phrases','iom/International Organization for Migration','exact',100.0,'machine');
CREATE TABLE runs (
	run_id TEXT NOT NULL, 
	started TEXT NOT NULL, 
	finished TEXT NOT NULL, 
	status TEXT NOT NULL, 
	summary TEXT NOT NULL, 
	PRIMARY KEY (run_id)
);
INSERT INTO "runs" VALUES('20261128T121555.177Z-dbd6','2026-11-28T12:15:55Z','2026-11-28T12:16:04Z','complete','{"run_id": "20261128T121555.177Z-dbd6", "started": "2026-11-28T12:15:55Z", "finished": "2026-11-28T12:16:04Z", "status": "complete", "version": "0.1.0", "versions": {"parser": "e15fde3d9de4d15e", "lexicon": "fb1b45ece208383d", "extractors": "f2882bd43acd7152"}, "libraries": {"python": "3.11.7", "spacy": "3.8.18", "pdfplumber": "0.11.10", "rapidfuzz": "3.14.6", "pandas": "3.1.1", "sqlalchemy": "2.0.58", "python-docx": "1.2.0", "xlsxwriter": "3.3.1"}, "counts": {"documents": 1, "paragraphs": 3, "references": 5, "objectives": 3, "pages": 0}, "processed": ["declaration"], "unchanged": [], "documents": [{"document": "declaration", "symbol": "", "kind": "other", "title": "SAMPLE DECLARATION", "iscm": "", "date": "", "language": "en", "format": "text", "sha256": "03a31fe518228651c173fcddc92e64784f1c4c1fabebb4be2b18148ce5fd0c91", "ocr": false, "paragraphs": 3, "references": 5, "objectives": 3, "pages": 0, "warnings": []}], "failures": [], "missed": [], "not_fetched": [], "sample": false, "fingerprint": "f50e7e3420df5996", "review": {"digest": "4f53cda18c2baa0c", "counts": {}, "unattached": []}, "changes": null, "files": ["decisions.csv", "gcmrefs.db", "objectives.csv", "paragraphs.csv", "reference_tables.docx", "reference_tables.xlsx", "references.csv", "references.parquet", "report.html", "run.json", "tables/counts_by_category.csv", "tables/counts_by_document.csv", "tables/entry_points.csv", "tables/igo_quotes.csv", "tables/igo_wordings.csv", "tables/iscm_areas_of_focus.csv", "tables/iscm_partnerships.csv", "tables/iscm_partnerships_by_category.csv", "tables/iscm_positions.csv", "tables/iscm_profile.csv", "tables/iscm_profile_overview.csv", "tables/iscm_quotes.csv", "tables/iscm_themes_principles_objectives.csv", "tables/iscm_themes_principles_objectives_in_common.csv", "tables/iscm_wordings.csv", "tables/iscms_by_type_and_region.csv", "tables/other_quotes.csv", "tables/other_wordings.csv", "tables/recommendations.csv", "tables/stakeholder_quotes.csv", "tables/stakeholder_wordings.csv", "tables/stakeholders_by_objective.csv", "tables/stakeholders_by_objective_counts.csv"], "slugs": ["declaration"]}');
CREATE INDEX ix_decisions_reference_id ON decisions (reference_id);
CREATE INDEX ix_refs_reference_id ON refs (reference_id);
CREATE INDEX ix_refs_category ON refs (category);
CREATE INDEX ix_doubtful_category ON doubtful (category);
CREATE INDEX ix_doubtful_reference_id ON doubtful (reference_id);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('decisions',7);
COMMIT;
