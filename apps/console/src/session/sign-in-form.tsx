import { Button, Code, Divider, PasswordInput, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { createSession } from '#contracts/client/sdk.gen.js';
import type { SignInWays } from '#contracts/client/types.gen.js';
import { ask } from '../service/ask.js';
import { useTexts } from '../text/language.js';
import { signInTexts } from './sign-in.texts.js';
import { useWelcome } from './use-session.js';

interface SignInFormProps {
  ways: SignInWays;
  lead?: string;
  /** Whether a screen waits beneath, which going elsewhere would lose. */
  isOverScreen?: boolean;
}

export function SignInForm({ ways, lead, isOverScreen = false }: SignInFormProps) {
  const words = useTexts(signInTexts);
  const welcome = useWelcome();
  const [key, setKey] = useState('');
  const signIn = useMutation({
    mutationFn: (api_key: string) => ask(createSession({ body: { api_key } })),
    onSuccess: welcome,
  });
  return (
    <Stack gap="md">
      {lead ? <Text size="sm">{lead}</Text> : null}
      {ways.oidc ? (
        <>
          <Button
            component="a"
            href={`${ways.oidc}?return_to=${encodeURIComponent(placeToReturnTo(isOverScreen))}`}
            target={isOverScreen ? '_blank' : undefined}
          >
            {words.byProvider}
          </Button>
          <Divider label={words.or} />
        </>
      ) : null}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          signIn.mutate(key.trim());
        }}
      >
        <Stack gap="md">
          <PasswordInput
            label={words.key}
            name="api_key"
            autoComplete="current-password"
            required
            data-autofocus
            value={key}
            onChange={(event) => setKey(event.currentTarget.value)}
            error={signIn.error ? words.refusalOf(signIn.error) : undefined}
            visibilityToggleButtonProps={{ 'aria-label': words.showKey, tabIndex: 0 }}
          />
          <Button
            type="submit"
            loading={signIn.isPending}
            variant={ways.oidc ? 'default' : 'filled'}
          >
            {words.enter}
          </Button>
        </Stack>
      </form>
      <Text size="xs" c="dimmed">
        {words.noKey} <Code>npm run cli -- keys create --name consola --scope admin</Code>
      </Text>
    </Stack>
  );
}

/** From another tab, who signed in goes back to this one by hand: it notices by itself. */
function placeToReturnTo(isOverScreen: boolean): string {
  const { pathname, search, hash } = window.location;
  if (isOverScreen) return '/';
  const query = new URLSearchParams(search);
  query.delete('sign_in');
  return `${pathname}${query.size > 0 ? `?${query}` : ''}${hash}`;
}
