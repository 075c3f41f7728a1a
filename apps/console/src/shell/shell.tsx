import { AppShell, Burger, Group, ScrollArea, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconBellRinging } from '@tabler/icons-react';
import { Outlet, useRouterState } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTexts } from '../text/language.js';
import { LanguageSwitch } from './language-switch.js';
import { Navigation } from './navigation.js';
import { OfflineNotice } from './offline-notice.js';
import { SchemeSwitch } from './scheme-switch.js';
import { shellTexts } from './shell.texts.js';

/** What every screen stands in: name, navigation, language and colours, and whether we are online. */
export function Shell() {
  const words = useTexts(shellTexts);
  const [isOpen, { toggle, close }] = useDisclosure(false);
  const path = useRouterState({ select: ({ location }) => location.pathname });
  // On a phone the menu covers the screen; whoever chose something wants to see that.
  // biome-ignore lint/correctness/useExhaustiveDependencies: closes when the address changes
  useEffect(close, [path]);
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 232, breakpoint: 'sm', collapsed: { mobile: !isOpen } }}
      padding="md"
    >
      <a className="skip-link" href="#content">
        {words.skip}
      </a>
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group gap="xs" wrap="nowrap">
            <Burger
              opened={isOpen}
              onClick={toggle}
              hiddenFrom="sm"
              size="sm"
              aria-label={isOpen ? words.closeMenu : words.openMenu}
              aria-expanded={isOpen}
            />
            <IconBellRinging aria-hidden />
            <Text fw={700} visibleFrom="xs">
              Ambacar
            </Text>
          </Group>
          <Group gap="xs" wrap="nowrap">
            <LanguageSwitch />
            <SchemeSwitch />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs" aria-label={words.navigation}>
        <AppShell.Section grow component={ScrollArea}>
          <Navigation />
        </AppShell.Section>
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1}>
        <OfflineNotice />
        <Outlet />
      </AppShell.Main>
    </AppShell>
  );
}
