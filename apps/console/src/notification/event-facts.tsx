import { Alert, Anchor, Card, SimpleGrid, Text } from '@mantine/core';
import { IconUrgent } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { EventDetail } from '#contracts/client/types.gen.js';
import { contextValue } from '../notifications/event-words.js';
import { wordsTexts } from '../notifications/words.texts.js';
import { useFormats } from '../text/formats.js';
import { useTexts } from '../text/language.js';
import { notificationTexts } from './notification.texts.js';

/** What the event says of itself. */
export function EventFacts({ event }: { event: EventDetail }) {
  const words = useTexts(notificationTexts);
  const names = useTexts(wordsTexts);
  const formats = useFormats();
  const service = [event.service_type.name ?? event.service_type.id, event.subtype?.name]
    .filter(Boolean)
    .join(' · ');
  return (
    <Card withBorder component="section" aria-label={words.detail}>
      {event.critical ? (
        <Alert color="orange" icon={<IconUrgent aria-hidden />} mb="md" p="xs">
          {words.critical}
        </Alert>
      ) : null}
      <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }} spacing="md" component="dl" m={0}>
        <Fact name={words.customer}>
          <Anchor component={Link} to={`/clientes/${encodeURIComponent(event.customer_id)}`}>
            {contextValue(event.context, 'Nombre') ?? event.customer_id}
          </Anchor>
        </Fact>
        <Fact name={words.plate}>{contextValue(event.context, 'Placa')}</Fact>
        <Fact name={words.vehicle}>{contextValue(event.context, 'Vehículo')}</Fact>
        <Fact name={words.order}>{contextValue(event.context, 'Orden')}</Fact>
        <Fact name={words.service}>{service}</Fact>
        <Fact name={words.phase}>{event.phase.name ?? event.phase.id}</Fact>
        <Fact name={words.target}>{names.targets[event.target]}</Fact>
        <Fact name={words.key}>{event.business_key}</Fact>
        <Fact name={words.scheduledFor}>
          {event.scheduled_for && formats.moment(event.scheduled_for)}
        </Fact>
        <Fact name={words.validUntil}>
          {event.valid_until && formats.moment(event.valid_until)}
        </Fact>
        <Fact name={words.request}>{event.request_id}</Fact>
      </SimpleGrid>
    </Card>
  );
}

/** One fact; none where there is nothing to say. */
function Fact({ name, children }: { name: string; children: ReactNode }) {
  if (children === null || children === undefined || children === '') return null;
  return (
    <div>
      <Text component="dt" size="xs" c="dimmed">
        {name}
      </Text>
      <Text component="dd" m={0} style={{ overflowWrap: 'anywhere' }}>
        {children}
      </Text>
    </div>
  );
}
