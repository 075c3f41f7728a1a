const v1 = '/api/v1/notifications';
const internal = '/api/internal/v1';

const reading = [200, 400, 401, 403] as const;
const making = [201, 400, 401, 403, 409, 422] as const;
const changing = [200, 400, 401, 403, 404] as const;
const removing = [204, 401, 403, 404] as const;

/** A resource with all six operations. */
const whole = (path: string) =>
  [
    ['GET', path, ...reading],
    ['POST', path, ...making],
    ['GET', `${path}{}/`, ...reading, 404],
    ['PUT', `${path}{}/`, ...changing],
    ['PATCH', `${path}{}/`, ...changing],
    ['DELETE', `${path}{}/`, ...removing],
  ] as const;

/** What existing clients were written against: method, path, and answers that they may get. */
export const contract: readonly (readonly [method: string, path: string, ...statuses: number[]])[] =
  [
    ['POST', `${v1}/events/dispatch/`, 200, 202, 400, 401, 403, 409, 413, 422, 500],
    ['POST', `${v1}/events/dispatch/bulk/`, 200, 400],
    ['GET', `${v1}/events/`, ...reading],
    ['GET', `${v1}/events/{}/`, ...reading, 404],
    ['POST', `${v1}/events/{}/cancel/`, 200, 404, 409, 422],
    ['GET', `${v1}/catalog/`, 200, 304],
    ...whole(`${v1}/templates/`),
    ['POST', `${v1}/templates/preview/`, 200, 400],
    ['GET', `${v1}/templates/variables/`, 200],
    ['GET', `${v1}/templates/for_context/`, 200, 400, 404],
    ['GET', `${v1}/templates/coverage/`, 200, 400, 404],
    ['POST', `${v1}/templates/{}/send_test/`, 202, 400, 404, 409, 422],
    ['GET', `${v1}/phases/`, ...reading],
    ['GET', `${v1}/phases/{}/`, 200, 404],
    ['GET', `${v1}/service-types/`, ...reading],
    ['GET', `${v1}/service-types/{}/`, 200, 404],
    ...whole(`${v1}/orchestration/`),
    ['POST', `${v1}/orchestration/{}/update_matrix/`, 200, 400, 404],
    ['POST', `${v1}/orchestration/{}/initialize_phases/`, 200, 404],
    ...whole(`${v1}/customers/`),
    ['GET', `${v1}/customers/{}/preferences/`, 200, 404],
    ['POST', `${v1}/customers/{}/update_preferences/`, 200, 400, 404],
    ['GET', `${v1}/customers/{}/vehicles/`, 200, 404],
    ['GET', `${v1}/customers/{}/reminders/`, 200, 400, 404],
    ...whole(`${v1}/vehicles/`),
    ...whole(`${v1}/reminders/`),
    ['POST', `${v1}/reminders/{}/complete/`, 200, 404],
    ['POST', `${v1}/push/subscribe/`, 201, 400],
    ['DELETE', `${v1}/push/subscribe/`, 204, 404],
    ['GET', `${v1}/push/status/{}/`, 200, 404],
    ['GET', `${v1}/push/public-key/`, 200],
    ...whole(`${v1}/talleres/`),
    ['GET', '/api/v1/analytics/summary/', 200, 400],
    ['GET', '/api/v1/analytics/recent/', 200, 400],
    ['GET', '/api/v1/analytics/health/', 200],
    ['GET', '/api/v1/health/database/', 200, 503],
    ['GET', '/health/live', 200],
    ['GET', '/health/ready', 200, 503],
    ['POST', `${internal}/customers/sync/`, 202, 400, 401],
    ['POST', `${internal}/vehicles/sync/`, 202, 400, 401],
    ['GET', `${internal}/tasks/{}/status/`, 200, 401, 404],
  ];
