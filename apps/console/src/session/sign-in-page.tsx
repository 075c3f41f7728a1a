import { Alert, Center, Container, Group, Paper } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { SignInWays } from '#contracts/client/types.gen.js';
import { Page } from '../parts/page.js';
import { LanguageSwitch } from '../shell/language-switch.js';
import { SchemeSwitch } from '../shell/scheme-switch.js';
import { useTexts } from '../text/language.js';
import { signInTexts } from './sign-in.texts.js';
import { SignInForm } from './sign-in-form.js';

/** What stands in place of the console for who is not signed in. */
export function SignInPage({ ways }: { ways: SignInWays }) {
  const words = useTexts(signInTexts);
  const fault = words.faultOf(new URLSearchParams(window.location.search).get('sign_in'));
  return (
    <Center component="main" mih="100dvh" p="md">
      <Container size="xs" w="100%" p={0}>
        <Paper withBorder p="lg">
          <Page title={words.title} lead={words.lead}>
            {fault ? (
              <Alert color="red" role="alert" icon={<IconAlertTriangle aria-hidden />}>
                {fault}
              </Alert>
            ) : null}
            <SignInForm ways={ways} />
          </Page>
        </Paper>
        <Group justify="flex-end" mt="xs" gap="xs">
          <LanguageSwitch />
          <SchemeSwitch />
        </Group>
      </Container>
    </Center>
  );
}
