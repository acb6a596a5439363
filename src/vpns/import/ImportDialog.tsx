import { useState } from 'react';
import { importGatewayConfig } from '../../../contract/gatewayImport/import.ts';
import type { ImportedConfig, ImportedConnection } from '../../../contract/gatewayImport/imported.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { PasteStep } from './PasteStep.tsx';
import { ReviewStep } from './ReviewStep.tsx';

export type Imported = { format: ImportedConfig['format']; connection: ImportedConnection };

type ImportDialogProps = {
  /** The operator lets gateways have private addresses. */
  allowPrivatePeers: boolean;
  onFill: (imported: Imported) => void;
  onClose: () => void;
};

/**
 * Reads a gateway's file into the form: first the text, then what was made of it. The text, which may hold the key, is in this
 * dialog's memory and gone with it.
 */
export default function ImportDialog({ allowPrivatePeers, onFill, onClose }: ImportDialogProps) {
  const [text, setText] = useState('');
  const [error, setError] = useState<string>();
  const [config, setConfig] = useState<ImportedConfig>();

  const read = (given: string) => {
    const result = importGatewayConfig(given, { allowPrivatePeers });
    setError(result.ok ? undefined : result.refusal.message);
    setConfig(result.ok ? result.value : undefined);
  };
  return (
    <Dialog
      title={config === undefined ? 'Import from the gateway' : 'What the gateway’s file says'}
      onClose={onClose}
      width={820}
    >
      {config === undefined ? (
        <PasteStep
          text={text}
          onText={(typed) => {
            setText(typed);
            setError(undefined);
          }}
          error={error}
          onError={setError}
          onRead={read}
          onCancel={onClose}
        />
      ) : (
        <ReviewStep
          config={config}
          onBack={() => setConfig(undefined)}
          onFill={(connection) => onFill({ format: config.format, connection })}
        />
      )}
    </Dialog>
  );
}
