import { type RefObject, useEffect, useEffectEvent } from 'react';

/** The browser opens a panel before the page listens, too. Then it is opened once more, so that it is filled and placed. */
export function useOpenedEarly(panel: RefObject<HTMLElement | null>, open: () => void): void {
  const again = useEffectEvent(open);
  useEffect(() => {
    if (!panel.current?.matches(':popover-open')) return;
    panel.current.hidePopover();
    again();
  }, [panel]);
}
