-- Short names stand first, equal names side by side: the order in which an index hands candidates out.
CREATE TABLE contacts (
    place INTEGER PRIMARY KEY,
    contact_id TEXT NOT NULL UNIQUE,
    contact_type TEXT NOT NULL,
    name TEXT NOT NULL,
    department TEXT NOT NULL,
    room TEXT NOT NULL,
    email TEXT NOT NULL,
    language TEXT NOT NULL,
    accessible INTEGER NOT NULL,
    aliases TEXT NOT NULL,
    words TEXT NOT NULL,
    details TEXT NOT NULL,
    inactive_since TEXT
) STRICT;
CREATE INDEX contacts_by_email ON contacts (email COLLATE NOCASE);

-- Who had parcels, how often (fading with time) and when last.
CREATE TABLE uses (contact_id TEXT PRIMARY KEY, weight REAL NOT NULL, at REAL NOT NULL) STRICT;

-- Addresses that somebody at the desk put right, and what the list had in their place: an import that brings that once
-- more does not bring it back.
CREATE TABLE addresses (contact_id TEXT PRIMARY KEY, email TEXT NOT NULL, instead_of TEXT NOT NULL) STRICT;

CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

-- Beginnings of names; beginnings of names, departments and rooms; three letters in a row anywhere in a name.
CREATE VIRTUAL TABLE names USING fts5(words, content='', columnsize=0, detail=none, prefix='1 2 3', tokenize="unicode61 remove_diacritics 0 categories 'L* M* N* P* S* C*'");
CREATE VIRTUAL TABLE everything USING fts5(words, content='', columnsize=0, detail=none, prefix='1 2 3', tokenize="unicode61 remove_diacritics 0 categories 'L* M* N* P* S* C*'");
CREATE VIRTUAL TABLE inside USING fts5(words, content='', columnsize=0, detail=none, tokenize="trigram case_sensitive 1");

-- Every part of a name once, to put typing mistakes right, and how many people had it when the file was made.
CREATE TABLE vocabulary (word TEXT PRIMARY KEY, people INTEGER NOT NULL) STRICT, WITHOUT ROWID;
