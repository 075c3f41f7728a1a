import { Anchor, Grid, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { getCustomer } from '#contracts/client/sdk.gen.js';
import { customersTexts } from '../customers/customers.texts.js';
import { Page } from '../parts/page.js';
import { Queried } from '../parts/states.js';
import { askTagged } from '../service/tagged.js';
import { useTexts } from '../text/language.js';
import { ContactSection } from './contact-section.js';
import { customerTexts } from './customer.texts.js';
import { DevicesSection } from './devices-section.js';
import { HistorySection } from './history-section.js';
import { PersonalDataSection } from './personal-data-section.js';
import { PreferencesSection } from './preferences-section.js';
import { RemindersSection } from './reminders-section.js';
import { VehiclesSection } from './vehicles-section.js';

const route = getRouteApi('/clientes/$customerId');

/** All that we know of one customer, and all that may be done for him. */
export function CustomerScreen() {
  const { customerId } = route.useParams();
  const words = useTexts(customerTexts);
  const lists = useTexts(customersTexts);
  const customer = useQuery({
    queryKey: ['customer', customerId, 'contact'],
    queryFn: ({ signal }) => askTagged(getCustomer({ path: { customer_id: customerId }, signal })),
  });
  const name = customer.data?.data.name;
  return (
    <Page title={name ?? lists.title} lead={words.lead(customerId)}>
      <Anchor size="sm" renderRoot={(props) => <Link {...props} to="/clientes" />}>
        {words.all}
      </Anchor>
      <Queried query={customer}>
        {(held) => (
          <Grid key={customerId} gap="md">
            <Grid.Col span={{ base: 12, lg: 7 }}>
              <Stack gap="md">
                <ContactSection held={held} />
                <VehiclesSection customerId={customerId} />
                <RemindersSection customerId={customerId} />
              </Stack>
            </Grid.Col>
            <Grid.Col span={{ base: 12, lg: 5 }}>
              <Stack gap="md">
                <PreferencesSection customerId={customerId} />
                <DevicesSection customerId={customerId} />
                <HistorySection customerId={customerId} />
                <PersonalDataSection customerId={customerId} name={held.data.name} />
              </Stack>
            </Grid.Col>
          </Grid>
        )}
      </Queried>
    </Page>
  );
}
