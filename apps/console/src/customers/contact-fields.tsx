import { Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { listTalleres } from '#contracts/client/sdk.gen.js';
import type { Editing } from '../parts/editing/use-editing.js';
import { ask } from '../service/ask.js';
import { useTexts } from '../text/language.js';
import { customersTexts } from './customers.texts.js';

/** How a customer is addressed and reached, as it is typed. */
export interface Contact {
  name: string;
  email: string | null;
  phone: string | null;
  taller_id: string | null;
}

interface ContactFieldsProps {
  editing: Pick<Editing<Contact>, 'values' | 'errorOf' | 'set'>;
}

/** The inputs of a customer's contact data; what is emptied becomes «none». */
export function ContactFields({ editing }: ContactFieldsProps) {
  const words = useTexts(customersTexts);
  const { values, errorOf } = editing;
  const talleres = useQuery({
    queryKey: ['talleres'],
    queryFn: ({ signal }) => ask(listTalleres({ query: { page_size: 100 }, signal })),
  });
  const choices = (talleres.data?.results ?? []).map(({ id, name }) => ({
    value: id,
    label: name,
  }));
  return (
    <>
      <TextInput
        label={words.name}
        required
        value={values.name}
        error={errorOf('name')}
        onChange={({ currentTarget }) => editing.set('name', currentTarget.value)}
      />
      <TextInput
        type="email"
        label={words.email}
        description={words.emailHint}
        autoComplete="off"
        value={values.email ?? ''}
        error={errorOf('email')}
        onChange={({ currentTarget }) => editing.set('email', currentTarget.value || null)}
      />
      <TextInput
        type="tel"
        label={words.phone}
        description={words.phoneHint}
        autoComplete="off"
        value={values.phone ?? ''}
        error={errorOf('phone')}
        onChange={({ currentTarget }) => editing.set('phone', currentTarget.value || null)}
      />
      <Select
        label={words.taller}
        placeholder={words.noTaller}
        data={choices}
        value={values.taller_id}
        error={errorOf('taller_id')}
        onChange={(tallerId) => editing.set('taller_id', tallerId)}
        clearable
      />
    </>
  );
}

/** By the name of each member, what people call it. */
export function useContactLabels(): Record<keyof Contact, string> {
  const { name, email, phone, taller } = useTexts(customersTexts);
  return { name, email, phone, taller_id: taller };
}
