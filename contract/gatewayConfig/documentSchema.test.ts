import fc from 'fast-check';
import { expect, expectTypeOf, test } from 'vitest';
import type { z } from 'zod';
import { gatewayKinds, type GatewayDocument } from './document.ts';
import { GatewayDocumentSchema } from './documentSchema.ts';
import { renderGateway } from './render.ts';
import { anySettings } from './testing/settings.ts';

test('the schema is the type', () => {
  expectTypeOf<z.infer<typeof GatewayDocumentSchema>>().toEqualTypeOf<GatewayDocument>();
});

test('every document goes through the API as it is', () => {
  fc.assert(
    fc.property(fc.constantFrom(...gatewayKinds), anySettings, (kind, settings) => {
      const document = renderGateway(kind, settings);
      expect(GatewayDocumentSchema.strict().parse(JSON.parse(JSON.stringify(document)))).toEqual(document);
    }),
    { numRuns: 300 },
  );
});
