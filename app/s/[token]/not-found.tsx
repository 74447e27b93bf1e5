import { MessagePage } from '#components/shell/message-page';

export default function LinkNotFound() {
  return (
    <MessagePage code="404" title="This link does not open anything" actions={null}>
      <p>This link has expired or was revoked. Ask the person who sent it for a new one.</p>
    </MessagePage>
  );
}
