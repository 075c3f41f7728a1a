import { AppShell, Burger, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconBellRinging } from '@tabler/icons-react';
import { Outlet } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { idle } from '../parts/idle.js';
import { SandboxBadge } from '../session/sandbox-badge.js';
import { SessionGate } from '../session/session-gate.js';
import { useTexts } from '../text/language.js';
import { LanguageSwitch } from './language-switch.js';
import { Navigation } from './navigation.js';
import { OfflineNotice } from './offline-notice.js';
import { SchemeSwitch } from './scheme-switch.js';
import { shellTexts } from './shell.texts.js';

// A dozen files for a menu that is seldom opened: they come when the screen can be used.
const SessionMenu = lazy(async () => {
  await idle();
  const { SessionMenu } = await import('../session/session-menu.js');
  return { default: SessionMenu };
});

/** What every screen stands in, for who is signed in. */
export function Shell() {
  return (
    <SessionGate>
      <Frame />
    </SessionGate>
  );
}

/** Name, navigation, language and colours, who is here, and whether we are online. */
function Frame() {
  const words = useTexts(shellTexts);
  const [isOpen, { toggle, close }] = useDisclosure(false);
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
            <SandboxBadge />
          </Group>
          <Group gap="xs" wrap="nowrap">
            <LanguageSwitch />
            <SchemeSwitch />
            <Suspense fallback={null}>
              <SessionMenu />
            </Suspense>
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs" aria-label={words.navigation}>
        <AppShell.Section grow style={{ overflowY: 'auto' }}>
          {/* On a phone the menu covers the screen; whoever chose something wants to see that. */}
          <Navigation onChoose={close} />
        </AppShell.Section>
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1}>
        <OfflineNotice />
        <Outlet />
      </AppShell.Main>
    </AppShell>
  );
}
