import type { oidc as english } from '../en/oidc.ts';
import type { Translation } from '../translation.ts';

export const oidc = {
  'oidc.error.developers': '致应用程序的开发人员',
  'oidc.error.home': '前往 {brand}',
  'oidc.error.person':
    '将您带到这里的应用程序提出了我们无法处理的请求。请返回该应用程序重试。如果问题再次出现，请将以下内容告知其负责人。',
  'oidc.error.request_id': '请求编号：{id}',
  'oidc.error.title': '我们无法继续',
  'oidc.logout.confirm': '是，退出登录',
  'oidc.logout.stay': '否，前往我的账户页面',
  'oidc.logout.text': '{app} 请求结束您的 {brand} 会话。您将在此浏览器中退出 {brand}。',
  'oidc.logout.title': '您要退出 {brand} 吗？',
} as const satisfies Translation<typeof english>;
