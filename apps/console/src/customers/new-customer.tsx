import { Drawer, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { createCustomer } from '#contracts/client/sdk.gen.js';
import { editingTexts } from '../parts/editing/editing.texts.js';
import { Form } from '../parts/editing/form.js';
import { useEditing } from '../parts/editing/use-editing.js';
import { useTold } from '../parts/use-told.js';
import { ask } from '../service/ask.js';
import { randomId } from '../service/random-id.js';
import { useOnce } from '../service/use-once.js';
import { useTexts } from '../text/language.js';
import { type Contact, ContactFields, useContactLabels } from './contact-fields.js';
import { customersTexts } from './customers.texts.js';

interface NewCustomerProps {
  isOpen: boolean;
  close(): void;
}

export function NewCustomer({ isOpen, close }: NewCustomerProps) {
  const words = useTexts(customersTexts);
  const closing = useTexts(editingTexts);
  return (
    <Drawer
      opened={isOpen}
      onClose={close}
      position="right"
      closeOnClickOutside={false}
      title={words.new}
      closeButtonProps={{ 'aria-label': closing.close }}
    >
      <NewCustomerForm close={close} />
    </Drawer>
  );
}

function NewCustomerForm({ close }: { close(): void }) {
  const words = useTexts(customersTexts);
  const told = useTold();
  const labels = useContactLabels();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const once = useOnce();
  const [saved] = useState(() => ({ data: nobody(), etag: '' }));
  const editing = useEditing({
    saved,
    save: async ({ values: body }) => {
      const made = await ask(createCustomer({ body, headers: once.headersFor(body) }));
      once.done();
      told(words.created(made.name));
      await queries.invalidateQueries({ queryKey: ['customers'] });
      close();
      await navigate({ to: '/clientes/$customerId', params: { customerId: made.customer_id } });
    },
  });
  return (
    <Form
      editing={editing}
      labels={{ ...labels, customer_id: words.customerId }}
      saveLabel={words.create}
      onCancel={close}
    >
      <ContactFields editing={editing} />
      <TextInput
        label={words.customerId}
        description={words.customerIdHint}
        required
        value={editing.values.customer_id}
        error={editing.errorOf('customer_id')}
        onChange={({ currentTarget }) => editing.set('customer_id', currentTarget.value)}
      />
    </Form>
  );
}

/** Whom the core system does not know has no code there; ours must not meet one of its. */
function nobody(): Contact & { customer_id: string } {
  return {
    customer_id: `consola-${randomId().slice(0, 12)}`,
    name: '',
    email: null,
    phone: null,
    taller_id: null,
  };
}
