import { ChoiceShown, FlagShown, IntegerShown, MapShown, ObjectShown, TextShown } from './shown.js';

export class LiveView {
  @ChoiceShown(['ok'], 'The process answers.', 'ok')
  status: 'ok';
}

export class ReadyView {
  @ChoiceShown(['ok'], 'Requests can be answered.', 'ok')
  status: 'ok';

  @MapShown(
    'What was asked, and that it answers.',
    { database: 'up', queue: 'up' },
    { of: { type: 'string', enum: ['up'] } },
  )
  checks: Record<string, 'up'>;
}

export class DatabaseView {
  @ChoiceShown(['postgresql'], 'The kind of database.', 'postgresql')
  engine: 'postgresql';

  @TextShown("The database's name.", 'ambacar')
  name: string;

  @TextShown('Where it answers.', 'db.example.com')
  host: string;

  @IntegerShown('Its port.', 5432)
  port: number;

  @TextShown('As whom we log in.', 'ambacar')
  user: string;

  @TextShown('What it says it is.', 'PostgreSQL 18.4')
  version: string;

  @FlagShown('Whether Supabase runs it.', false)
  is_supabase: boolean;
}

export class ConnectionView {
  @IntegerShown('Seconds after which an idle connection is closed.', 30)
  max_age: number;

  @FlagShown('Whether a broken idle connection is noticed and replaced.', true)
  health_checks_enabled: boolean;

  @IntegerShown('The most connections that this process opens.', 10)
  pool_size: number;

  @IntegerShown('Connections that are open.', 4)
  open: number;

  @IntegerShown('Of these, those that nobody uses.', 3)
  idle: number;

  @IntegerShown('Requests that wait for a connection.', 0)
  waiting: number;
}

/** Without a caller's key only `status` is told. */
export class DatabaseHealthView {
  @ChoiceShown(['healthy', 'unhealthy'], 'Whether the database answers.', 'healthy')
  status: 'healthy' | 'unhealthy';

  @ObjectShown(DatabaseView, 'Which one it is. Only with a key.', { required: false })
  database?: DatabaseView;

  @ObjectShown(ConnectionView, 'How we are connected. Only with a key.', { required: false })
  connection?: ConnectionView;
}
