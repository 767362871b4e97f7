import type { reset as english } from '../en/reset.ts';
import type { Translation } from '../translation.ts';

export const reset = {
  'reset.cancel.over': '此链接已失效。如果您仍想阻止删除，请用密码登录。',
  'reset.cancel.submit': '保留我的账户',
  'reset.cancel.text':
    '有人因无法使用身份验证方式而请求删除您的 {brand} 账户。如果您取消该请求，您的账户将保持不变。',
  'reset.cancel.title': '要取消删除您的账户吗？',
  'reset.cancelled': '您的账户不会被删除。',
  'reset.delete.lifetime': '邮件中的链接在 {time} 内有效。如果您不做任何操作，您的账户将保持不变。',
  'reset.delete.over': '此链接已失效。要删除您的账户，请用密码登录并重新提出请求。',
  'reset.deleted.create': '创建新账户',
  'reset.deleted.text': '我们已向该账户的所有地址发送了邮件。您可以用同一电子邮件地址创建新的 {brand} 账户。',
  'reset.link': '我无法使用其中任何一种方式',
  'reset.link_only': '我无法使用这种方式',
  'reset.options.codes': '找一找您打印或保存过的备用代码。',
  'reset.options.delete': '删除我的账户',
  'reset.options.last_text':
    '没有人能替您登录或移除某种方式。您可以请我们删除该账户，然后创建新账户。为了您的安全，这需要 {time}。',
  'reset.options.last_title': '如果都没有帮助',
  'reset.options.other_device': '试试您添加到账户的其他手机、电脑或安全密钥。',
  'reset.options.remembered': '试试您曾让我们记住的浏览器。',
  'reset.options.text': '在放弃此账户之前，请看看以下办法是否有帮助：',
  'reset.options.title': '如果您无法使用您的身份验证方式',
  'reset.options.try_other': '尝试其他方式',
  'reset.pending.advice':
    '如果您又能使用您的验证方式，或者这不是您本人的操作，请保留您的账户。如果不是您本人，请同时更改密码。',
  'reset.pending.continue': '不取消，继续',
  'reset.pending.link': '{time}，我们将向该账户的所有地址发送含删除链接的邮件。',
  'reset.pending.text': '{time}，有知道您密码的人请求删除此账户。',
  'reset.pending.title': '您的账户正等待删除',
  'reset.request.back': '返回',
  'reset.request.submit': '请求删除我的账户',
  'reset.request.title': '请求删除您的账户',
  'reset.request.wait':
    '您需要等待 {time}。之后我们会向您发送删除账户的链接。我们会立即通知该账户的所有地址，以便任何人都能提出异议。',
  'reset.requested.cancel': '改变主意了？请使用该邮件中的链接，或用密码登录。',
  'reset.requested.sign_out': '退出登录',
  'reset.requested.text':
    '我们已向您账户的所有地址发送了邮件。{time} 后您会收到另一封邮件，其中含有删除账户的链接。',
  'reset.requested.title': '我们已收到您的请求',
} as const satisfies Translation<typeof english>;
