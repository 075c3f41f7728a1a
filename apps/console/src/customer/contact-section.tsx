import { useQueryClient } from '@tanstack/react-query';
import { patchCustomer } from '#contracts/client/sdk.gen.js';
import type { CustomerView } from '#contracts/client/types.gen.js';
import { type Contact, ContactFields, useContactLabels } from '../customers/contact-fields.js';
import { Form } from '../parts/editing/form.js';
import { useEditing } from '../parts/editing/use-editing.js';
import { useTold } from '../parts/use-told.js';
import { askTagged, ifMatch, type Tagged } from '../service/tagged.js';
import { useTexts } from '../text/language.js';
import { customerTexts } from './customer.texts.js';
import { Section } from './section.js';

/** Name and addresses, typed where they stand. */
export function ContactSection({ held }: { held: Tagged<CustomerView> }) {
  const words = useTexts(customerTexts);
  const told = useTold();
  const labels = useContactLabels();
  const queries = useQueryClient();
  const { customer_id, name, email, phone, taller_id } = held.data;
  const queryKey = ['customer', customer_id, 'contact'];
  const editing = useEditing<Contact>({
    saved: { data: { name, email, phone, taller_id }, etag: held.etag },
    save: async ({ changes: body, etag }) => {
      const call = patchCustomer({ path: { customer_id }, body, headers: ifMatch(etag) });
      queries.setQueryData(queryKey, await askTagged(call));
    },
    onSaved: () => {
      told(words.saved);
      queries.invalidateQueries({ queryKey: ['customers'] });
    },
    reload: () => queries.invalidateQueries({ queryKey }),
  });
  return (
    <Section title={words.contact}>
      <Form editing={editing} labels={labels}>
        <ContactFields editing={editing} />
      </Form>
    </Section>
  );
}
