import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { lazy, StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './look/console.css';
import { contrast, theme } from './look/theme.js';
import { idle } from './parts/idle.js';
import { queryClient } from './service/query-client.js';
import { sessionQuery } from './session/use-session.js';
import { router } from './shell/router.js';
import { LanguageProvider } from './text/language.js';

// What is told before it has come waits in a store of its own.
const Notifications = lazy(async () => {
  await idle();
  const { Notifications } = await import('@mantine/notifications');
  return { default: Notifications };
});

const container = document.getElementById('console');
if (!container) throw new Error('index.html has no element #console');

// What comes soon is waited for, so that the first screen is made once and not again with each
// answer. What comes later, or failed, the screens tell.
const soonMs = 1000;
await Promise.race([
  Promise.allSettled([queryClient.prefetchQuery(sessionQuery), router.load()]),
  new Promise((resolve) => setTimeout(resolve, soonMs)),
]);

createRoot(container).render(
  <StrictMode>
    <LanguageProvider>
      <MantineProvider theme={theme} cssVariablesResolver={contrast} defaultColorScheme="auto">
        <QueryClientProvider client={queryClient}>
          <Suspense fallback={null}>
            <Notifications position="top-right" />
          </Suspense>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </MantineProvider>
    </LanguageProvider>
  </StrictMode>,
);
