import { type Scope, scopes } from '#domain/access/scopes.js';
import { channels } from '#domain/catalog/channels.js';
import { ids } from './examples.js';
import { TextField } from './fields.js';
import {
  ChoiceShown,
  ChoicesShown,
  FlagShown,
  IdShown,
  MomentShown,
  ObjectShown,
  orNull,
  TextShown,
} from './shown.js';

/** A sign-in to the console. */
export class SessionInput {
  @TextField({
    max: 200,
    description: 'An API key with the scope `admin`.',
    example: 'amb_live_3fWqEjemploEjemploEjemploEjemploEjemploEjem',
  })
  api_key: string;
}

const kinds = ['key', 'staff', 'anyone'] as const;

export class SessionCaller {
  @TextShown('The key’s name, or how the identity provider calls the person.', 'Ana Paredes')
  name: string;

  @ChoiceShown(
    kinds,
    '`staff`: by the identity provider; `anyone`: nobody is asked who they are.',
    'key',
  )
  kind: (typeof kinds)[number];

  @ChoicesShown(scopes, 'What the caller may do.', ['admin'])
  scopes: Scope[];

  @IdShown('The only workshop that the caller may act for; null: all.', ids.taller, orNull)
  taller_id: string | null;

  @TextShown('How that workshop is called.', 'Ambacar Service', orNull)
  taller_name: string | null;

  @MomentShown('When the session ends unless it is used; null: there is none.', null, orNull)
  ends_at: string | null;
}

export class SignInWays {
  @FlagShown('Whether a key is asked for.', true)
  api_key: boolean;

  @TextShown(
    'Where a browser goes to sign in at the identity provider; takes `return_to`. Null: there is none.',
    '/api/v1/session/oidc/',
    orNull,
  )
  oidc: string | null;
}

export class SessionView {
  @ObjectShown(SessionCaller, 'Who the caller is taken for; null: nobody that is known.', orNull)
  caller: SessionCaller | null;

  @ObjectShown(SignInWays, 'How to sign in.')
  sign_in: SignInWays;

  @ChoicesShown(channels, 'Channels whose messages end in the sandbox and reach nobody.', [])
  sandbox: (typeof channels)[number][];
}
