import type { Database } from './database'

/** In order; each runs once. What has been released is never changed: add another. */
const MIGRATIONS: readonly (readonly string[])[] = [
  [
    `create table session (
       id text primary key, label text not null, issuer text not null, subject text not null,
       fhir_user text, began timestamptz not null, ends timestamptz not null)`,
    // An id_token and a nonce open one session and no second one.
    'create table spent (what text primary key, until timestamptz not null)',
    `create table kept (
       seq bigint primary key, at timestamptz not null, kind text not null, invocation text not null,
       payer text not null, hook_instance text, user_tag text not null, patient_tag text,
       key_id text not null, sealed bytea not null, previous bytea not null, hash bytea not null)`,
    'create index kept_invocation on kept (invocation)',
    'create index kept_hook_instance on kept (hook_instance)',
    'create index kept_patient on kept (patient_tag, at)',
    `create table kept_assertion (
       seq bigint not null references kept, tag text not null, primary key (seq, tag))`,
    'create index kept_assertion_tag on kept_assertion (tag)',
    // One row: where the chain ends. Locked by whoever adds to it, so that two relays never add at one place.
    'create table chain_end (one integer primary key check (one = 1), seq bigint not null, hash bytea not null)',
    `insert into chain_end values (1, 0, '\\x')`,
  ],
  [
    // What a payer may read for one question. Sealed, named by the digest of its token, and gone with it.
    'create table facade (token text primary key, ends timestamptz not null, sealed bytea not null)',
    'create index facade_ends on facade (ends)',
    // Whose records a session may read at a payer, as a keyed tag.
    'create table member (tag text primary key, ends timestamptz not null)',
    'create index member_ends on member (ends)',
    'alter table session add column npi text',
  ],
  ['alter table session add column audits boolean not null default false'],
  [
    // One row at most: after which entry the log begins, where older ones were removed.
    `create table chain_start (
       one integer primary key check (one = 1), seq bigint not null, hash bytea not null, mac bytea not null)`,
    // Finds what is too old.
    'create index kept_at on kept (at)',
  ],
]

/** Any number will do that nothing else on this database locks. */
const LOCK = 741_204_117

/** Brings the database to the shape of this version. Two relays that start at once wait for each other. */
export async function migrate(database: Database): Promise<void> {
  await database.transaction(async (tx) => {
    await tx.query('select pg_advisory_xact_lock($1)', [LOCK])
    await tx.query('create table if not exists migration (number integer primary key)')
    const done = await tx.query<{ number: number }>('select number from migration')
    for (const [number, statements] of MIGRATIONS.entries()) {
      if (done.some((each) => each.number === number)) continue
      for (const statement of statements) await tx.query(statement)
      await tx.query('insert into migration values ($1)', [number])
    }
  })
}
