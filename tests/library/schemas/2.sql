CREATE TABLE folders (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	path BLOB NOT NULL, 
	online BOOLEAN NOT NULL, 
	device INTEGER, 
	added_at FLOAT NOT NULL, 
	UNIQUE (path)
);
CREATE TABLE features (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	backbone VARCHAR NOT NULL, 
	content_hash BLOB NOT NULL, 
	vector BLOB NOT NULL, 
	UNIQUE (backbone, content_hash)
);
CREATE INDEX features_by_hash ON features (content_hash);
CREATE TABLE heads (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	backbone VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	fitted_on INTEGER NOT NULL, 
	made_at FLOAT NOT NULL, 
	data BLOB NOT NULL
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
	UNIQUE (directory, name), 
	FOREIGN KEY(folder_id) REFERENCES folders (id) ON DELETE SET NULL
);
CREATE INDEX photos_by_hash ON photos (content_hash);
CREATE INDEX photos_by_folder ON photos (folder_id, taken);
CREATE INDEX photos_by_time ON photos (taken);
CREATE INDEX photos_by_state ON photos (state);
CREATE INDEX photos_by_inode ON photos (inode);
CREATE TABLE choices (name VARCHAR NOT NULL, value VARCHAR NOT NULL, PRIMARY KEY (name));
PRAGMA user_version=2;
