import { List, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getPushStatus } from '#contracts/client/sdk.gen.js';
import { Queried } from '../parts/states.js';
import { ask } from '../service/ask.js';
import { useFormats } from '../text/formats.js';
import { useTexts } from '../text/language.js';
import { customerTexts } from './customer.texts.js';
import { Section } from './section.js';

/** The browsers that take push notices. */
export function DevicesSection({ customerId }: { customerId: string }) {
  const words = useTexts(customerTexts);
  const { moment } = useFormats();
  const status = useQuery({
    queryKey: ['customer', customerId, 'devices'],
    queryFn: ({ signal }) => ask(getPushStatus({ path: { customer_id: customerId }, signal })),
  });
  return (
    <Section title={words.devices}>
      <Queried
        query={status}
        isEmpty={({ devices }) => devices.length === 0}
        empty={words.noDevices}
      >
        {({ devices }) => (
          <List size="sm">
            {devices.map(({ id, service, subscribed_at }) => (
              <List.Item key={id}>
                {service}{' '}
                <Text span c="dimmed" size="sm">
                  {words.since(moment(subscribed_at))}
                </Text>
              </List.Item>
            ))}
          </List>
        )}
      </Queried>
    </Section>
  );
}
