/**
 * The library's tables, one entry per version: entry n turns version n into n + 1. Entries are never edited once released.
 *
 * Curves are little-endian float64, traces float32; units stand in the column names or, for BLOBs, in `cycles.ts`.
 */
export const migrations: readonly string[] = [
  `
  CREATE TABLE cell (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    chemistry TEXT,
    nominal_capacity_Ah REAL CHECK (nominal_capacity_Ah > 0),
    temperature_degC REAL,
    simulated INTEGER NOT NULL CHECK (simulated IN (0, 1)),
    imported_at TEXT NOT NULL,
    removed_at TEXT,
    serial TEXT,
    maker TEXT,
    nominal_voltage_V REAL CHECK (nominal_voltage_V > 0),
    lot TEXT,
    history TEXT,
    notes TEXT,
    tags TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(tags))
  ) STRICT;

  CREATE TABLE change (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    kind TEXT NOT NULL,
    what TEXT,
    undone INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1))
  ) STRICT;

  CREATE TABLE changed_cell (
    change_id INTEGER NOT NULL REFERENCES change ON DELETE CASCADE,
    cell_id TEXT NOT NULL REFERENCES cell ON DELETE CASCADE,
    before TEXT NOT NULL CHECK (json_valid(before)),
    after TEXT NOT NULL CHECK (json_valid(after)),
    PRIMARY KEY (change_id, cell_id)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE record (
    id INTEGER PRIMARY KEY,
    cell_id TEXT NOT NULL REFERENCES cell ON DELETE CASCADE,
    sha256 TEXT NOT NULL UNIQUE CHECK (length(sha256) = 64),
    path TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    format TEXT NOT NULL,
    mapping TEXT CHECK (json_valid(mapping)),
    findings TEXT NOT NULL CHECK (json_valid(findings)),
    acceptance TEXT CHECK (json_valid(acceptance)),
    imported_at TEXT NOT NULL
  ) STRICT;
  CREATE INDEX record_of_cell ON record (cell_id);

  CREATE TABLE quarantine (
    id TEXT PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE CHECK (length(sha256) = 64),
    path TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    format TEXT NOT NULL,
    cycles INTEGER NOT NULL,
    setting TEXT NOT NULL CHECK (json_valid(setting)),
    findings TEXT NOT NULL CHECK (json_valid(findings)),
    held_at TEXT NOT NULL
  ) STRICT;

  CREATE TABLE template (
    name TEXT PRIMARY KEY,
    fingerprint TEXT UNIQUE,
    mapping TEXT NOT NULL CHECK (json_valid(mapping)),
    saved_at TEXT NOT NULL
  ) STRICT;

  CREATE TABLE cycle (
    id INTEGER PRIMARY KEY,
    cell_id TEXT NOT NULL REFERENCES cell ON DELETE CASCADE,
    record_id INTEGER NOT NULL REFERENCES record ON DELETE CASCADE,
    row INTEGER NOT NULL,
    number INTEGER NOT NULL,
    unusable TEXT,
    discharge_capacity_Ah REAL,
    charge_A REAL,
    charge_rate REAL,
    discharge_A REAL,
    discharge_rate REAL,
    before_A REAL,
    before_rate REAL,
    temperature_degC REAL,
    stored_charge REAL,
    stored_discharge REAL,
    stored_temperature REAL,
    UNIQUE (cell_id, row)
  ) STRICT;

  CREATE TABLE curve (
    cycle_id INTEGER NOT NULL REFERENCES cycle ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('charge', 'relaxation')),
    from_V REAL,
    to_V REAL,
    x BLOB,
    y BLOB NOT NULL CHECK (length(y) % 8 = 0),
    PRIMARY KEY (cycle_id, kind)
  ) STRICT;

  CREATE TABLE trace (
    cycle_id INTEGER PRIMARY KEY REFERENCES cycle ON DELETE CASCADE,
    time_s BLOB NOT NULL,
    voltage_V BLOB NOT NULL,
    current_A BLOB NOT NULL
  ) STRICT;

  CREATE TABLE preview (
    record_id INTEGER PRIMARY KEY REFERENCES record ON DELETE CASCADE,
    rows INTEGER NOT NULL,
    time_s BLOB NOT NULL,
    voltage_V BLOB NOT NULL,
    current_A BLOB NOT NULL,
    temperature_degC BLOB,
    cycle BLOB NOT NULL
  ) STRICT;

  CREATE TABLE measurement (
    cell_id TEXT NOT NULL REFERENCES cell ON DELETE CASCADE,
    row INTEGER NOT NULL CHECK (row >= 0),
    capacity_Ah REAL NOT NULL CHECK (capacity_Ah > 0),
    stated_at TEXT NOT NULL,
    PRIMARY KEY (cell_id, row)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE scenario (
    id TEXT PRIMARY KEY,
    removed_at TEXT
  ) STRICT;

  CREATE TABLE scenario_version (
    scenario_id TEXT NOT NULL REFERENCES scenario ON DELETE CASCADE,
    version INTEGER NOT NULL CHECK (version > 0),
    name TEXT NOT NULL,
    blocks TEXT NOT NULL CHECK (json_valid(blocks)),
    saved_at TEXT NOT NULL,
    PRIMARY KEY (scenario_id, version)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE run (
    id TEXT PRIMARY KEY,
    preset TEXT NOT NULL,
    name TEXT NOT NULL,
    folder TEXT NOT NULL,
    seed INTEGER NOT NULL,
    epochs INTEGER NOT NULL,
    settings TEXT NOT NULL CHECK (json_valid(settings)),
    request TEXT NOT NULL CHECK (json_valid(request)),
    data TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(data)),
    state TEXT NOT NULL
      CHECK (state IN ('running', 'paused', 'interrupted', 'finished', 'cancelled', 'failed')),
    process INTEGER NOT NULL,
    machine TEXT NOT NULL,
    threads INTEGER,
    started_at TEXT NOT NULL,
    taken_at TEXT NOT NULL,
    ended_at TEXT,
    best_epoch INTEGER,
    notes TEXT NOT NULL DEFAULT '',
    findings TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(findings)),
    error TEXT
  ) STRICT;
  CREATE INDEX run_of_folder ON run (folder, started_at);

  CREATE TABLE epoch (
    run_id TEXT NOT NULL REFERENCES run ON DELETE CASCADE,
    epoch INTEGER NOT NULL,
    train_loss REAL,
    validation_loss REAL,
    gate_entropy REAL,
    gate_weights TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(gate_weights)),
    seconds REAL,
    PRIMARY KEY (run_id, epoch)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE assessment (
    id TEXT PRIMARY KEY,
    cell_id TEXT NOT NULL REFERENCES cell ON DELETE CASCADE,
    cycle_id INTEGER NOT NULL REFERENCES cycle,
    assessed_at TEXT NOT NULL,
    program TEXT NOT NULL,
    question TEXT NOT NULL CHECK (json_valid(question)),
    description TEXT NOT NULL CHECK (json_valid(description)),
    model_sha256 TEXT NOT NULL,
    -- What lists read.
    described_chemistry TEXT AS (description ->> '$.chemistry') STORED,
    described_capacity_Ah REAL AS (description ->> '$.nominalCapacity_Ah') STORED,
    described_temperature_degC REAL AS (description ->> '$.temperature_degC') STORED,
    stated_chemistry TEXT AS (coalesce(question ->> '$.chemistry', description ->> '$.chemistry')) STORED,
    stated_capacity_Ah REAL
      AS (coalesce(question ->> '$.nominalCapacity_Ah', description ->> '$.nominalCapacity_Ah')) STORED,
    stated_temperature_degC REAL
      AS (coalesce(question ->> '$.temperature_degC', description ->> '$.temperature_degC')) STORED,
    state_of_health REAL AS (answer ->> '$.stateOfHealth.value') STORED,
    capacity_Ah REAL AS (answer ->> '$.presentCapacity.value_Ah') STORED,
    evidence TEXT AS (answer ->> '$.presentCapacity.evidence') STORED,
    answer TEXT NOT NULL CHECK (json_valid(answer))
  ) STRICT;
  -- With all that lists read, so that the pages of the answers are left alone.
  CREATE INDEX assessment_of_cell ON assessment (cell_id, assessed_at, id, state_of_health, capacity_Ah, evidence,
    described_chemistry, described_capacity_Ah, described_temperature_degC,
    stated_chemistry, stated_capacity_Ah, stated_temperature_degC);

  CREATE TABLE declaration (
    id INTEGER PRIMARY KEY,
    cell_id TEXT NOT NULL REFERENCES cell ON DELETE CASCADE,
    file TEXT NOT NULL,
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    format TEXT NOT NULL,
    taken_at TEXT NOT NULL,
    declared TEXT NOT NULL CHECK (json_valid(declared))
  ) STRICT;
  CREATE INDEX declaration_of_cell ON declaration (cell_id);

  CREATE TABLE grading_rules (
    version INTEGER PRIMARY KEY CHECK (version > 0),
    rules TEXT NOT NULL CHECK (json_valid(rules)),
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    note TEXT NOT NULL,
    saved_at TEXT NOT NULL
  ) STRICT;

  CREATE TABLE grade (
    assessment_id TEXT NOT NULL REFERENCES assessment ON DELETE CASCADE,
    rules_version INTEGER NOT NULL REFERENCES grading_rules,
    verdict TEXT NOT NULL CHECK (verdict IN ('graded', 'hold', 'reject')),
    grade TEXT CHECK ((grade IS NULL) = (verdict <> 'graded')),
    reasons TEXT NOT NULL CHECK (json_valid(reasons)),
    graded_at TEXT NOT NULL,
    PRIMARY KEY (assessment_id, rules_version)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE release (
    number TEXT NOT NULL,
    revision INTEGER NOT NULL CHECK (revision > 0),
    cell_id TEXT NOT NULL,
    cell_name TEXT NOT NULL,
    released_at TEXT NOT NULL,
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    reason TEXT CHECK ((reason IS NULL) = (revision = 1)),
    pdf BLOB NOT NULL,
    PRIMARY KEY (number, revision)
  ) STRICT;
  CREATE TRIGGER release_is_frozen BEFORE UPDATE ON release
    BEGIN SELECT RAISE(ABORT, 'a released report never changes'); END;
  CREATE TRIGGER release_stays BEFORE DELETE ON release
    BEGIN SELECT RAISE(ABORT, 'a released report never changes'); END;

  CREATE TABLE report_options (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    options TEXT NOT NULL CHECK (json_valid(options))
  ) STRICT;

  CREATE TABLE default_model (
    sequence INTEGER PRIMARY KEY CHECK (sequence > 0),
    at TEXT NOT NULL,
    action TEXT NOT NULL CHECK (action IN ('promoted', 'rolled-back')),
    name TEXT,
    sha256 TEXT CHECK ((sha256 IS NULL) = (name IS NULL)),
    decided_by TEXT NOT NULL,
    note TEXT NOT NULL
  ) STRICT;

  CREATE TABLE log (
    sequence INTEGER PRIMARY KEY CHECK (sequence > 0),
    at TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL CHECK (json_valid(detail)),
    previous TEXT NOT NULL CHECK (length(previous) = 64),
    sha256 TEXT NOT NULL UNIQUE CHECK (length(sha256) = 64)
  ) STRICT;
  CREATE TRIGGER log_is_append_only BEFORE UPDATE ON log
    BEGIN SELECT RAISE(ABORT, 'the log is only added to'); END;
  CREATE TRIGGER log_stays BEFORE DELETE ON log
    BEGIN SELECT RAISE(ABORT, 'the log is only added to'); END;
  `,
]
