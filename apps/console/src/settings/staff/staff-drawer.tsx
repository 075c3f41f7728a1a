import { useQuery } from '@tanstack/react-query';
import { getStaffMember } from '#contracts/client/sdk.gen.js';
import { Queried } from '../../parts/states.js';
import { askTagged } from '../../service/tagged.js';
import { useTexts } from '../../text/language.js';
import { EditDrawer } from '../edit-drawer.js';
import { staffTexts } from './staff.texts.js';
import { StaffForm } from './staff-form.js';

/** A person's form: read when it is opened, so that what is changed is what is there. */
export function StaffDrawer({ id, close }: { id: string | 'new'; close: () => void }) {
  const words = useTexts(staffTexts);
  const isNew = id === 'new';
  const person = useQuery({
    queryKey: ['staff-member', id],
    queryFn: ({ signal }) => askTagged(getStaffMember({ path: { id }, signal })),
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
        <StaffForm known={null} close={close} readAgain={() => undefined} />
      </EditDrawer>
    );
  }
  return (
    <EditDrawer title={person.data?.data.name ?? words.list} close={close}>
      <Queried query={person}>
        {(known) => (
          <StaffForm
            key={known.etag}
            known={known}
            close={close}
            readAgain={() => void person.refetch()}
          />
        )}
      </Queried>
    </EditDrawer>
  );
}
