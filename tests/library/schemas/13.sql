CREATE TABLE album_photos (
	album_id INTEGER NOT NULL, 
	photo_id INTEGER NOT NULL, 
	verdict VARCHAR NOT NULL, 
	decided_at FLOAT NOT NULL, 
	said_of INTEGER, 
	PRIMARY KEY (album_id, photo_id), 
	FOREIGN KEY(album_id) REFERENCES albums (id), 
	FOREIGN KEY(photo_id) REFERENCES photos (id)
);
CREATE TABLE albums (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	name VARCHAR NOT NULL, 
	made_at FLOAT NOT NULL, 
	removed_at FLOAT
);
CREATE TABLE choices (name VARCHAR NOT NULL, value VARCHAR NOT NULL, PRIMARY KEY (name));
CREATE TABLE colours (
	content_hash BLOB NOT NULL, 
	red INTEGER DEFAULT '0' NOT NULL, 
	orange INTEGER DEFAULT '0' NOT NULL, 
	yellow INTEGER DEFAULT '0' NOT NULL, 
	green INTEGER DEFAULT '0' NOT NULL, 
	teal INTEGER DEFAULT '0' NOT NULL, 
	blue INTEGER DEFAULT '0' NOT NULL, 
	purple INTEGER DEFAULT '0' NOT NULL, 
	pink INTEGER DEFAULT '0' NOT NULL, 
	brown INTEGER DEFAULT '0' NOT NULL, 
	white INTEGER DEFAULT '0' NOT NULL, 
	grey INTEGER DEFAULT '0' NOT NULL, 
	black INTEGER DEFAULT '0' NOT NULL, 
	PRIMARY KEY (content_hash)
);
CREATE TABLE duplicate_groups (
	number INTEGER NOT NULL, 
	content_hash BLOB NOT NULL, 
	kind VARCHAR NOT NULL, 
	place INTEGER NOT NULL, 
	detail FLOAT NOT NULL, 
	PRIMARY KEY (number, content_hash)
);
CREATE TABLE features (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	backbone VARCHAR NOT NULL, 
	content_hash BLOB NOT NULL, 
	vector BLOB NOT NULL, 
	UNIQUE (backbone, content_hash)
);
CREATE TABLE folders (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	path BLOB NOT NULL, 
	online BOOLEAN NOT NULL, 
	device INTEGER, 
	added_at FLOAT NOT NULL, 
	volume VARCHAR, 
	volume_path BLOB, 
	watched BOOLEAN DEFAULT '1' NOT NULL, 
	UNIQUE (path)
);
CREATE TABLE frames (
	content_hash BLOB NOT NULL, 
	video BLOB NOT NULL, 
	moment INTEGER NOT NULL, 
	PRIMARY KEY (content_hash)
);
CREATE TABLE heads (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	backbone VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	fitted_on INTEGER NOT NULL, 
	made_at FLOAT NOT NULL, 
	data BLOB NOT NULL
);
CREATE TABLE mark_history (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	photo_id INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	value INTEGER NOT NULL, 
	said_at FLOAT NOT NULL, 
	FOREIGN KEY(photo_id) REFERENCES photos (id)
);
CREATE TABLE marks (
	photo_id INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	value INTEGER NOT NULL, 
	said_at FLOAT NOT NULL, 
	PRIMARY KEY (photo_id, kind), 
	FOREIGN KEY(photo_id) REFERENCES photos (id)
);
CREATE TABLE not_duplicates (
	one BLOB NOT NULL, 
	other BLOB NOT NULL, 
	said_at FLOAT NOT NULL, 
	PRIMARY KEY (one, other)
);
CREATE TABLE notes (
	photo_id INTEGER NOT NULL, 
	content_hash BLOB, 
	sidecar_ns INTEGER, 
	rule INTEGER NOT NULL, 
	camera VARCHAR, 
	lens VARCHAR, 
	title VARCHAR, 
	description VARCHAR, 
	keywords VARCHAR, 
	people VARCHAR, 
	place VARCHAR, 
	latitude FLOAT, 
	longitude FLOAT, 
	looked_up BOOLEAN DEFAULT '0' NOT NULL, 
	PRIMARY KEY (photo_id), 
	FOREIGN KEY(photo_id) REFERENCES photos (id) ON DELETE CASCADE
);
CREATE TABLE personal_heads (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	backbone VARCHAR NOT NULL, 
	title VARCHAR NOT NULL, 
	made_at FLOAT NOT NULL, 
	data BLOB NOT NULL, 
	taught BLOB NOT NULL, 
	report VARCHAR
);
CREATE TABLE photos (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	folder_id INTEGER, 
	directory BLOB NOT NULL, 
	name BLOB NOT NULL, 
	bytes INTEGER NOT NULL, 
	mtime_ns INTEGER NOT NULL, 
	inode INTEGER NOT NULL, 
	state VARCHAR NOT NULL, 
	content_hash BLOB, 
	width INTEGER, 
	height INTEGER, 
	taken FLOAT, 
	reason VARCHAR, 
	passing BOOLEAN NOT NULL, 
	crashes INTEGER NOT NULL, 
	missing_since FLOAT, 
	ctime_ns INTEGER, 
	device INTEGER, 
	rule INTEGER DEFAULT '1' NOT NULL, 
	checked_at FLOAT, 
	unconfirmed BOOLEAN DEFAULT '0' NOT NULL, 
	former_hash BLOB, 
	taken_from VARCHAR, 
	cut_off BOOLEAN DEFAULT '0' NOT NULL, 
	kind VARCHAR, 
	seconds FLOAT, 
	sidecar_ns INTEGER, 
	UNIQUE (directory, name), 
	FOREIGN KEY(folder_id) REFERENCES folders (id) ON DELETE SET NULL
);
CREATE TABLE searches (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	name VARCHAR NOT NULL, 
	question VARCHAR NOT NULL, 
	made_at FLOAT NOT NULL, 
	removed_at FLOAT
);
CREATE TABLE words (photo_id INTEGER PRIMARY KEY, name TEXT NOT NULL, folders TEXT NOT NULL, albums TEXT NOT NULL, camera TEXT NOT NULL, title TEXT NOT NULL, description TEXT NOT NULL, keywords TEXT NOT NULL, people TEXT NOT NULL, place TEXT NOT NULL);
CREATE VIRTUAL TABLE words_index USING fts5(name, folders, albums, camera, title, description, keywords, people, place, endings, content='', columnsize=0, tokenize='ascii', prefix='2');
CREATE TABLE words_outdated (photo_id INTEGER PRIMARY KEY);
CREATE INDEX album_photos_by_photo ON album_photos (photo_id);
CREATE INDEX album_photos_said_of ON album_photos (said_of) WHERE said_of IS NOT NULL;
CREATE INDEX albums_by_name ON albums (name);
CREATE INDEX duplicate_groups_by_hash ON duplicate_groups (content_hash);
CREATE INDEX features_by_hash ON features (content_hash);
CREATE INDEX frames_by_video ON frames (video);
CREATE INDEX mark_history_by_photo ON mark_history (photo_id);
CREATE INDEX notes_by_camera ON notes (camera) WHERE camera IS NOT NULL;
CREATE INDEX notes_by_lens ON notes (lens) WHERE lens IS NOT NULL;
CREATE INDEX notes_by_place ON notes (place) WHERE place IS NOT NULL;
CREATE INDEX notes_without_place ON notes (photo_id) WHERE latitude IS NOT NULL AND place IS NULL AND NOT looked_up;
CREATE INDEX photos_by_folder ON photos (folder_id, taken);
CREATE INDEX photos_by_former_hash ON photos (former_hash) WHERE former_hash IS NOT NULL;
CREATE INDEX photos_by_hash ON photos (content_hash);
CREATE INDEX photos_by_inode ON photos (inode);
CREATE INDEX photos_by_state ON photos (state);
CREATE INDEX photos_by_time ON photos (taken);
CREATE INDEX photos_unconfirmed ON photos (unconfirmed) WHERE unconfirmed;
CREATE TRIGGER words_of_album AFTER UPDATE OF name, removed_at ON albums WHEN old.name IS NOT new.name OR old.removed_at IS NOT new.removed_at BEGIN INSERT OR IGNORE INTO words_outdated SELECT photo_id FROM album_photos WHERE album_id = new.id; END;
CREATE TRIGGER words_of_gone_member AFTER DELETE ON album_photos BEGIN INSERT OR IGNORE INTO words_outdated VALUES (old.photo_id); END;
CREATE TRIGGER words_of_gone_notes AFTER DELETE ON notes BEGIN INSERT OR IGNORE INTO words_outdated VALUES (old.photo_id); END;
CREATE TRIGGER words_of_gone_photo AFTER DELETE ON photos BEGIN INSERT OR IGNORE INTO words_outdated VALUES (old.id); END;
CREATE TRIGGER words_of_member AFTER UPDATE ON album_photos BEGIN INSERT OR IGNORE INTO words_outdated VALUES (old.photo_id), (new.photo_id); END;
CREATE TRIGGER words_of_new_member AFTER INSERT ON album_photos BEGIN INSERT OR IGNORE INTO words_outdated VALUES (new.photo_id); END;
CREATE TRIGGER words_of_new_notes AFTER INSERT ON notes BEGIN INSERT OR IGNORE INTO words_outdated VALUES (new.photo_id); END;
CREATE TRIGGER words_of_new_photo AFTER INSERT ON photos WHEN new.content_hash IS NOT NULL BEGIN INSERT OR IGNORE INTO words_outdated VALUES (new.id); END;
CREATE TRIGGER words_of_notes AFTER UPDATE ON notes BEGIN INSERT OR IGNORE INTO words_outdated VALUES (new.photo_id); END;
CREATE TRIGGER words_of_photo AFTER UPDATE OF name, directory, folder_id, content_hash ON photos WHEN old.name IS NOT new.name OR old.directory IS NOT new.directory OR old.folder_id IS NOT new.folder_id OR (old.content_hash IS NULL) <> (new.content_hash IS NULL) BEGIN INSERT OR IGNORE INTO words_outdated VALUES (new.id); END;
PRAGMA user_version=13;
