import { ScrollArea, Tabs } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ComponentType } from 'react';
import { Page } from '../parts/page.js';
import { useTexts } from '../text/language.js';
import { About } from './about.js';
import { ApiKeys } from './api-keys/api-keys.js';
import { AuditTrail } from './audit/audit-trail.js';
import { ChannelSettings } from './channels/channel-settings.js';
import { Schedules } from './schedules/schedules.js';
import { settingsTexts } from './settings.texts.js';
import { type SettingsTab, settingsTabs } from './settings-tabs.js';
import { Staff } from './staff/staff.js';
import { Talleres } from './talleres/talleres.js';

const panels: Record<SettingsTab, ComponentType> = {
  talleres: Talleres,
  canales: ChannelSettings,
  personal: Staff,
  claves: ApiKeys,
  horarios: Schedules,
  cambios: AuditTrail,
  acerca: About,
};

export function SettingsScreen() {
  const words = useTexts(settingsTexts);
  const { ver = 'talleres' } = useSearch({ from: '/ajustes' });
  const navigate = useNavigate({ from: '/ajustes' });
  const Panel = panels[ver];
  return (
    <Page title={words.title}>
      <Tabs
        value={ver}
        keepMounted={false}
        onChange={(value) => {
          const tab = settingsTabs.find((each) => each === value);
          if (tab) void navigate({ search: { ver: tab } });
        }}
      >
        <ScrollArea type="never">
          <Tabs.List style={{ flexWrap: 'nowrap' }} aria-label={words.title}>
            {settingsTabs.map((tab) => (
              <Tabs.Tab key={tab} value={tab}>
                {words.tabs[tab]}
              </Tabs.Tab>
            ))}
          </Tabs.List>
        </ScrollArea>
        {settingsTabs.map((tab) => (
          <Tabs.Panel key={tab} value={tab} pt="md">
            {tab === ver ? <Panel /> : null}
          </Tabs.Panel>
        ))}
      </Tabs>
    </Page>
  );
}
