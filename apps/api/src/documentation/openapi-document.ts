import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { serviceVersion } from '../service-version.js';
import { tellAnswerFields } from './answer-fields.js';
import { composeExamples } from './compose-examples.js';
import { hoistProblems } from './hoist-problems.js';
import { operationsOf } from './operations-of.js';
import { tellRateLimits } from './rate-limit-fields.js';
import { tags } from './tags.js';

const description = `
Tells the customers and staff of automobile workshops what happens to a vehicle, on the channel
that each of them prefers.

**Terms.** An *event* is what happened to a vehicle. Of each event every person concerned is told by
one *notification*. A *message* is one try of a notification on one channel to one address: where
WhatsApp refuses and e-mail carries, a notification has two. \`sent\` says that a provider took it,
\`delivered\` and \`read\` that a receipt says so; mail and most push services give no receipt.
A *taller* is a workshop. What is not \`is_active\` is passed over, as if it were not there, and stays.

**Times** have an offset; answers tell them in UTC. Days (\`2026-01-20\`) are the workshop's own, in its
\`time_zone\`; where no workshop is meant, in \`America/Guayaquil\`.

**Lists** come in pages. All filters of a query must hold; unknown members, filters and orderings are
refused by name; a parameter that is left empty (\`status=\`) asks for nothing. Truth values in a
query are read in any case.

**Problems** are \`application/problem+json\` (RFC 9457). Every answer carries \`X-Request-Id\`. Bodies
have at most 256 KiB and 16 levels. What belongs to another workshop is, to a key of one workshop
alone, as if it were not there (404).
`.trim();

const bearer = 'An API key, or an access token of the staff’s identity provider';

const session =
  'Who is signed in to the console. Looked at where no key and no token is shown; a change has to ' +
  'come from a page of this origin (`Sec-Fetch-Site` or `Origin`). Without HTTPS its name has no prefix.';

/** The OpenAPI 3.1 document of the whole API. */
export function createOpenApiDocument(app: INestApplication): OpenAPIObject {
  const options = new DocumentBuilder()
    .setOpenAPIVersion('3.1.1')
    .setTitle('Ambacar Notifications')
    .setDescription(description)
    .setVersion(serviceVersion)
    .addServer('/', 'This installation')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: bearer }, 'bearer')
    .addApiKey(
      { type: 'apiKey', in: 'header', name: 'X-API-KEY', description: 'An API key' },
      'api_key',
    )
    .addCookieAuth('__Host-ambacar-session', { type: 'apiKey', description: session }, 'session')
    .addApiKey(
      {
        type: 'apiKey',
        in: 'header',
        name: 'X-Internal-Secret',
        description: 'What only the core system and we know',
      },
      'internal_secret',
    )
    .addApiKey(
      {
        type: 'apiKey',
        in: 'header',
        name: 'X-Webhook-Secret',
        description: 'What only the provider and we know',
      },
      'webhook_secret',
    )
    .build();
  options.tags = tags.map(([name, description]) => ({ name, description }));
  const document = SwaggerModule.createDocument(app, options);
  closeRequests(document);
  openPublicRoutes(document);
  tellRateLimits(document);
  tellAnswerFields(document);
  hoistProblems(document);
  composeExamples(document);
  return { ...document, paths: withTrailingSlashes(document.paths) };
}

/** Says of each request's body what is true of all: a member that is not declared is refused. */
function closeRequests({ paths, components }: OpenAPIObject): void {
  for (const { requestBody: body } of operationsOf(paths)) {
    const schema = body && 'content' in body ? body.content['application/json']?.schema : undefined;
    for (const name of schema ? namesIn(schema) : []) {
      const declared = components?.schemas?.[name];
      if (declared && !('$ref' in declared)) declared.additionalProperties = false;
    }
  }
}

type AnySchema = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>[string];

/** The schemas that a body may be of: one, or one alone and a list of them. */
function namesIn(schema: AnySchema): string[] {
  if ('$ref' in schema) return [schema.$ref.split('/').at(-1) ?? ''];
  return [...(schema.anyOf ?? []), schema.items ?? []].flat().flatMap(namesIn);
}

/** Says of the routes that anyone may call that they want no key. */
function openPublicRoutes({ paths }: OpenAPIObject): void {
  for (const operation of operationsOf(paths)) operation.security ??= [];
}

/** The contract names its paths with the slash; Nest drops it. Probes have none. */
function withTrailingSlashes(paths: OpenAPIObject['paths']): OpenAPIObject['paths'] {
  return Object.fromEntries(
    Object.entries(paths).map(([path, item]) => [
      path.endsWith('/') || path.startsWith('/health/') ? path : `${path}/`,
      item,
    ]),
  );
}
