import { useQuery } from '@tanstack/react-query';
import { getTaller } from '#contracts/client/sdk.gen.js';
import { Queried } from '../../parts/states.js';
import { askTagged } from '../../service/tagged.js';
import { useTexts } from '../../text/language.js';
import { EditDrawer } from '../edit-drawer.js';
import { TallerForm } from './taller-form.js';
import { talleresTexts } from './talleres.texts.js';

/** A taller's form: read when it is opened, so that what is changed is what is there. */
export function TallerDrawer({ id, close }: { id: string | 'new'; close: () => void }) {
  const words = useTexts(talleresTexts);
  const isNew = id === 'new';
  const taller = useQuery({
    queryKey: ['taller', id],
    queryFn: ({ signal }) => askTagged(getTaller({ path: { id }, signal })),
    enabled: !isNew,
    // A form must not change under its reader's hands.
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (isNew) {
    return (
      <EditDrawer title={words.add} close={close}>
        <TallerForm known={null} close={close} readAgain={() => undefined} />
      </EditDrawer>
    );
  }
  return (
    <EditDrawer title={taller.data?.data.name ?? words.list} close={close}>
      <Queried query={taller}>
        {(known) => (
          <TallerForm
            key={known.etag}
            known={known}
            close={close}
            readAgain={() => void taller.refetch()}
          />
        )}
      </Queried>
    </EditDrawer>
  );
}
