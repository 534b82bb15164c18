import type { Language } from '../../contract/language.ts';
import type { LinkShare } from '../../contract/pay-link.ts';
import type { SharedLink } from '../sale/till.ts';
import { linkMessage } from '../../words/sale-texts.ts';
import { copyLink, handOn } from './open-program.ts';

/** Shares a payment link by mail, message or clipboard. False: it failed. */
type ShareLink = (by: LinkShare, link: SharedLink, shop: string) => Promise<boolean>;

export function createLinkSharing(language: () => Language): ShareLink {
  return async (by, link, shop) => {
    if (by === 'copy') return copyLink(link.address);
    const { title, text } = linkMessage(language(), link, shop);
    return handOn('mail', title, text);
  };
}
