import type { FieldErrors } from '#domain/errors.js';
import { isMailbox } from '#infrastructure/contacts/mailbox.js';
import { normalizePhone } from '#infrastructure/contacts/phone.js';
import { Problem } from '../http/problem.js';

interface Contacts {
  email?: string | null;
  phone?: string | null;
}

/**
 * A person's addresses as they are kept: one plain mailbox, a number in E.164. What is absent
 * stays absent. Throws a 400 that names each one that cannot be.
 *
 * @param country ISO 3166-1 alpha-2, whose plan reads a number without a country code
 */
export function checkedContacts({ email, phone }: Contacts, country: string): Contacts {
  const errors: FieldErrors = {};
  const contacts: Contacts = {};
  if (email !== undefined) {
    contacts.email = email;
    if (email !== null && !isMailbox(email)) {
      errors.email = ['is not one plain mailbox, e.g. nombre@example.com'];
    }
  }
  if (phone !== undefined) {
    contacts.phone = phone === null ? null : normalizePhone(phone, country);
    if (phone !== null && contacts.phone === null) {
      errors.phone = [
        `is no number of ${country}; write it whole with its country code, e.g. +593991234567`,
      ];
    }
  }
  if (Object.keys(errors).length > 0) throw new Problem('validation_failed', { errors });
  return contacts;
}
