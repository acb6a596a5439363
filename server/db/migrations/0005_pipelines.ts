import type { CreateTableBuilder, Kysely } from 'kysely';

/** Pipelines and whom a team trusts, previews, secrets, device sign-in, sign-in with a provider of the company's. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createTrust(db);
  await createPreviews(db);
  await createSecrets(db);
  await createSignIn(db);

  await db.schema.alterTable('token').addColumn('scope', 'text').execute();
  await db.schema
    .alterTable('token')
    .addColumn('trust_rule_id', 'text', (column) => column.references('trust_rule.id').onDelete('cascade'))
    .execute();
  await db.schema
    .alterTable('token')
    .addColumn('ephemeral', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
  await db.schema
    .alterTable('token')
    .addColumn('made_by', 'text', (column) => column.notNull().defaultTo('hand'))
    .execute();
  await db.schema.createIndex('token_trust_rule').on('token').column('trust_rule_id').execute();
  await db.schema.alterTable('replica').addColumn('secrets_version', 'text').execute();
  await db.schema.alterTable('replica').addColumn('secrets_at', 'text').execute();
}

const ofTeam = (table: CreateTableBuilder<string, 'id'>) =>
  table.addColumn('team_id', 'text', (column) => column.notNull().references('team.id').onDelete('cascade'));

const create = (db: Kysely<unknown>, name: string) =>
  db.schema.createTable(name).addColumn('id', 'text', (column) => column.primaryKey());

async function createTrust(db: Kysely<unknown>): Promise<void> {
  await ofTeam(create(db, 'issuer'))
    .addColumn('provider', 'text', (column) => column.notNull())
    .addColumn('url', 'text', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('created_by', 'text', (column) => column.references('user.id').onDelete('set null'))
    .addUniqueConstraint('issuer_team_url', ['team_id', 'url'])
    .execute();
  await db.schema.createIndex('issuer_url').on('issuer').column('url').execute();

  await ofTeam(create(db, 'trust_rule'))
    .addColumn('issuer_id', 'text', (column) => column.notNull().references('issuer.id').onDelete('cascade'))
    .addColumn('owner_name', 'text', (column) => column.notNull())
    .addColumn('owner_id', 'text')
    .addColumn('repository_name', 'text')
    .addColumn('repository_id', 'text')
    .addColumn('seen_owner', 'text')
    .addColumn('seen_repository', 'text')
    .addColumn('seen_at', 'text')
    .addColumn('events', 'text', (column) => column.notNull())
    .addColumn('refs', 'text', (column) => column.notNull())
    .addColumn('environments', 'text', (column) => column.notNull())
    .addColumn('protected_only', 'integer', (column) => column.notNull())
    .addColumn('outside', 'integer', (column) => column.notNull())
    .addColumn('vpns', 'text')
    .addColumn('revision', 'integer', (column) => column.notNull().defaultTo(1))
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('created_by', 'text', (column) => column.references('user.id').onDelete('set null'))
    .addColumn('created_by_name', 'text', (column) => column.notNull())
    .addColumn('last_used_at', 'text')
    .execute();
  await db.schema
    .createIndex('trust_rule_team')
    .on('trust_rule')
    .columns(['team_id', 'created_at'])
    .execute();

  await db.schema
    .createTable('used_identity_token')
    .addColumn('issuer', 'text', (column) => column.notNull())
    .addColumn('jti', 'text', (column) => column.notNull())
    .addColumn('team_id', 'text', (column) => column.notNull().references('team.id').onDelete('cascade'))
    .addColumn('exchanges', 'integer', (column) => column.notNull())
    .addColumn('token_id', 'text')
    .addColumn('expires_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('used_identity_token_pk', ['issuer', 'jti'])
    .execute();
  await db.schema
    .createIndex('used_identity_token_expires')
    .on('used_identity_token')
    .column('expires_at')
    .execute();
}

async function createPreviews(db: Kysely<unknown>): Promise<void> {
  await ofTeam(create(db, 'preview'))
    .addColumn('source', 'text', (column) => column.notNull())
    // No reference: what was made by a rule stays its own when that rule is gone, and is nobody else's.
    .addColumn('trust_rule_id', 'text', (column) => column.notNull().defaultTo(''))
    .addColumn('repository_id', 'text', (column) => column.notNull())
    .addColumn('repository_name', 'text', (column) => column.notNull())
    .addColumn('change', 'text', (column) => column.notNull())
    .addColumn('workspace_id', 'text', (column) => column.references('workspace.id').onDelete('set null'))
    .addColumn('vpn_id', 'text', (column) => column.references('vpn.id').onDelete('set null'))
    .addColumn('ttl_seconds', 'integer', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('created_by', 'text', (column) => column.references('user.id').onDelete('set null'))
    .addColumn('renewed_at', 'text', (column) => column.notNull())
    .addColumn('expires_at', 'text', (column) => column.notNull())
    .addColumn('up_sequence', 'bigint')
    .addColumn('removed_at', 'text')
    .addColumn('removed_reason', 'text')
    .addColumn('removed_sequence', 'bigint')
    .addUniqueConstraint('preview_change', ['team_id', 'source', 'trust_rule_id', 'repository_id', 'change'])
    .execute();
  await db.schema.createIndex('preview_expires').on('preview').column('expires_at').execute();
  await db.schema.createIndex('preview_workspace').on('preview').column('workspace_id').execute();

  await ofTeam(create(db, 'pipeline_run'))
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('finished_at', 'text')
    .addColumn('preview_id', 'text', (column) => column.references('preview.id').onDelete('set null'))
    .addColumn('vpn_id', 'text', (column) => column.references('vpn.id').onDelete('set null'))
    .addColumn('provider', 'text', (column) => column.notNull())
    .addColumn('issuer', 'text')
    .addColumn('repository_id', 'text')
    .addColumn('repository_name', 'text', (column) => column.notNull())
    .addColumn('owner_id', 'text')
    .addColumn('owner_name', 'text')
    .addColumn('change', 'text')
    .addColumn('event', 'text')
    .addColumn('ref', 'text')
    .addColumn('actor_name', 'text', (column) => column.notNull())
    .addColumn('action', 'text', (column) => column.notNull())
    .addColumn('result', 'text', (column) => column.notNull())
    .addColumn('code', 'text')
    .addColumn('message', 'text', (column) => column.notNull())
    .addColumn('token_id', 'text')
    .addColumn('known_owner', 'integer', (column) => column.notNull().defaultTo(1))
    .execute();
  await db.schema.createIndex('pipeline_run_team').on('pipeline_run').columns(['team_id', 'at']).execute();
  await db.schema.createIndex('pipeline_run_vpn').on('pipeline_run').columns(['vpn_id', 'at']).execute();
}

async function createSecrets(db: Kysely<unknown>): Promise<void> {
  await ofTeam(create(db, 'secret'))
    .addColumn('user_id', 'text', (column) => column.references('user.id').onDelete('cascade'))
    .addColumn('level_key', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('value_sealed', 'text', (column) => column.notNull())
    .addColumn('as_file', 'integer', (column) => column.notNull())
    .addColumn('all_workspaces', 'integer', (column) => column.notNull())
    .addColumn('in_previews', 'integer', (column) => column.notNull())
    .addColumn('revision', 'integer', (column) => column.notNull().defaultTo(1))
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('created_by', 'text', (column) => column.references('user.id').onDelete('set null'))
    .addColumn('updated_at', 'text', (column) => column.notNull())
    .addColumn('updated_by', 'text', (column) => column.references('user.id').onDelete('set null'))
    .addUniqueConstraint('secret_name', ['team_id', 'level_key', 'name'])
    .execute();
  await db.schema
    .createTable('secret_workspace')
    .addColumn('secret_id', 'text', (column) => column.notNull().references('secret.id').onDelete('cascade'))
    .addColumn('workspace_id', 'text', (column) =>
      column.notNull().references('workspace.id').onDelete('cascade'),
    )
    .addPrimaryKeyConstraint('secret_workspace_pk', ['secret_id', 'workspace_id'])
    .execute();
  await db.schema
    .createIndex('secret_workspace_workspace')
    .on('secret_workspace')
    .column('workspace_id')
    .execute();
}

async function createSignIn(db: Kysely<unknown>): Promise<void> {
  await create(db, 'device_code')
    .addColumn('device_hash', 'text', (column) => column.notNull().unique())
    .addColumn('user_code', 'text', (column) => column.notNull().unique())
    .addColumn('client_name', 'text', (column) => column.notNull())
    .addColumn('client_address', 'text')
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('expires_at', 'text', (column) => column.notNull())
    .addColumn('last_asked_at', 'text')
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('team_id', 'text', (column) => column.references('team.id').onDelete('cascade'))
    .addColumn('user_id', 'text', (column) => column.references('user.id').onDelete('cascade'))
    .addColumn('session_id', 'text')
    .execute();

  await ofTeam(create(db, 'sign_in_provider'))
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('issuer', 'text', (column) => column.notNull())
    .addColumn('client_id', 'text', (column) => column.notNull())
    .addColumn('client_secret_sealed', 'text', (column) => column.notNull())
    .addColumn('scopes', 'text', (column) => column.notNull())
    .addColumn('admitted_domains', 'text', (column) => column.notNull())
    .addColumn('role', 'text', (column) => column.notNull())
    .addColumn('groups_claim', 'text')
    .addColumn('admin_groups', 'text', (column) => column.notNull())
    .addColumn('enabled', 'integer', (column) => column.notNull())
    .addColumn('password_sign_in', 'integer', (column) => column.notNull())
    .addColumn('local_admin_id', 'text', (column) => column.references('user.id').onDelete('set null'))
    .addColumn('groups_missing_since', 'text')
    .addColumn('admin_signed_in_at', 'text')
    .addColumn('revision', 'integer', (column) => column.notNull().defaultTo(1))
    .addColumn('updated_at', 'text', (column) => column.notNull())
    .addColumn('updated_by', 'text', (column) => column.references('user.id').onDelete('set null'))
    .addUniqueConstraint('sign_in_provider_team', ['team_id'])
    .execute();

  await db.schema
    .createTable('user_identity')
    .addColumn('id', 'text', (column) => column.notNull().unique())
    .addColumn('issuer', 'text', (column) => column.notNull())
    .addColumn('subject', 'text', (column) => column.notNull())
    .addColumn('user_id', 'text', (column) => column.notNull().references('user.id').onDelete('cascade'))
    .addColumn('email', 'text')
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('last_sign_in_at', 'text')
    .addPrimaryKeyConstraint('user_identity_pk', ['issuer', 'subject'])
    .execute();
  await db.schema.createIndex('user_identity_user').on('user_identity').column('user_id').execute();

  await create(db, 'sign_in_flow')
    .addColumn('cookie_hash', 'text', (column) => column.notNull().unique())
    .addColumn('provider_id', 'text', (column) =>
      column.notNull().references('sign_in_provider.id').onDelete('cascade'),
    )
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('nonce', 'text', (column) => column.notNull())
    .addColumn('verifier_sealed', 'text', (column) => column.notNull())
    .addColumn('return_to', 'text', (column) => column.notNull())
    .addColumn('invitation_id', 'text')
    .addColumn('link_user_id', 'text', (column) => column.references('user.id').onDelete('cascade'))
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('expires_at', 'text', (column) => column.notNull())
    .execute();
}
