import type { PushSubscriptionInput } from '#contracts/http/push.dto.js';
import type { FieldErrors } from '#domain/errors.js';
import { checkBrowserKeys } from '#infrastructure/channels/web-push/browser-keys.js';
import { checkEndpoint } from '#infrastructure/channels/web-push/endpoint-guard.js';
import type { Configuration } from '#infrastructure/config/configuration.js';
import type { NewSubscription } from '#infrastructure/persistence/push-subscriptions.repository.js';
import { Problem } from '../http/problem.js';

/** A browser's subscription as it may be kept; a 400 that names each part that may not. */
export function checkedSubscription(
  { endpoint, keys: given }: PushSubscriptionInput,
  push: Configuration['push'],
): NewSubscription {
  if (!push) throw refused({ subscription: ['cannot be kept: push is not configured here'] });
  const errors: FieldErrors = {};
  const place = checkEndpoint(endpoint, push);
  if (!place.ok) errors['subscription.endpoint'] = [`cannot be called: ${place.why}`];
  const keys = checkBrowserKeys(given);
  if (!keys.ok) {
    for (const [name, why] of Object.entries(keys.faults)) {
      errors[`subscription.keys.${name}`] = [why];
    }
  }
  if (!place.ok || !keys.ok) throw refused(errors);
  return { endpoint: place.href, ...keys.keys };
}

function refused(errors: FieldErrors): Problem {
  return new Problem('validation_failed', { errors });
}
