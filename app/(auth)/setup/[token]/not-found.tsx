import { LinkButton } from '#components/shell/link-button';
import { MessagePage } from '#components/shell/message-page';
import { paths } from '#lib/paths';

export default function SetupLinkNotFound() {
  return (
    <MessagePage
      code="404"
      title="This set-up link does not open anything"
      actions={
        <LinkButton href={paths.signIn()} look="accent">
          Sign in
        </LinkButton>
      }
    >
      <p>
        It works once, for the first account, and each start of the server prints a new one while there is no
        account. If yours exists already, sign in with it.
      </p>
    </MessagePage>
  );
}
