import { Button, Group } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation } from '@tanstack/react-query';
import { exportCustomer } from '#contracts/client/sdk.gen.js';
import { Failed } from '../parts/states.js';
import { useTold } from '../parts/use-told.js';
import { ask } from '../service/ask.js';
import { useTexts } from '../text/language.js';
import { EraseModal } from './erase-modal.js';
import { personalDataTexts } from './personal-data.texts.js';
import { Section } from './section.js';

interface PersonalDataSectionProps {
  customerId: string;
  name: string;
}

/** What the law lets a person ask for: a copy, or to be forgotten. */
export function PersonalDataSection({ customerId, name }: PersonalDataSectionProps) {
  const words = useTexts(personalDataTexts);
  const told = useTold();
  const [isErasing, { open, close }] = useDisclosure(false);
  const exporting = useMutation({
    mutationFn: () => ask(exportCustomer({ path: { customer_id: customerId } })),
    onSuccess: (data) => {
      download(`${customerId}.json`, JSON.stringify(data, null, 2));
      told(words.exported);
    },
  });
  return (
    <Section title={words.title} lead={words.lead}>
      <Group gap="xs">
        <Button variant="default" loading={exporting.isPending} onClick={() => exporting.mutate()}>
          {words.export}
        </Button>
        <Button variant="light" color="red" onClick={open}>
          {words.erase}
        </Button>
      </Group>
      {exporting.error ? <Failed error={exporting.error} /> : null}
      <EraseModal customerId={customerId} name={name} isOpen={isErasing} close={close} />
    </Section>
  );
}

function download(fileName: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(address);
}
