import type { developers as english } from '../en/developers.ts';
import type { Translation } from '../translation.ts';

export const developers = {
  'developers.home.title': '开发人员',
  'developers.nav.label': '开发人员页面',
  'developers.page.english': '本页面仅提供英文版。',
  'developers.support.title': '错误词典',
} as const satisfies Translation<typeof english>;
