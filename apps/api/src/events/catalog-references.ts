import type { PhaseReferenceView, ReferenceView } from '#contracts/http/references.dto.js';
import type { Setup } from '#domain/orchestration/setup.js';

export function serviceTypeReference({ serviceTypes }: Setup, id: string): ReferenceView {
  return referenceOf(
    id,
    serviceTypes.find((serviceType) => serviceType.id === id),
  );
}

export function subtypeReference({ serviceTypes }: Setup, id: string): ReferenceView {
  return referenceOf(
    id,
    serviceTypes.flatMap(({ subtypes }) => subtypes).find((subtype) => subtype.id === id),
  );
}

export function phaseReference({ phases }: Setup, id: string): PhaseReferenceView {
  const phase = phases.find((candidate) => candidate.id === id);
  return { ...referenceOf(id, phase), order: phase?.order ?? null };
}

// The log outlives the catalog it was made with.
function referenceOf(id: string, entry: { slug: string; name: string } | undefined): ReferenceView {
  return { id, slug: entry?.slug ?? null, name: entry?.name ?? null };
}
