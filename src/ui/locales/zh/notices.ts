import type { notices as english } from '../en/notices.ts';
import type { Translation } from '../translation.ts';

export const notices = {
  'notices.account_deleted.advice': '如果您再次需要账户，可以随时创建新账户。',
  'notices.account_deleted.body': '我们已按照您的要求删除了您的 {brand} 账户及其中的信息。',
  'notices.account_deleted.subject': '您的账户已被删除',
  'notices.account_reinstated.body':
    '您的 {brand} 账户已恢复使用。您可以用与之前相同的电子邮件地址和密码登录。',
  'notices.account_reinstated.subject': '您的账户已恢复使用',
  'notices.account_reset_cancelled.body': '删除您的 {brand} 账户的请求已取消。您的账户保持不变。',
  'notices.account_reset_cancelled.subject': '您的账户不会被删除',
  'notices.account_reset_ready.body':
    '您因无法使用身份验证方式而要求删除您的 {brand} 账户。等待期已结束。删除账户后，您可以用同一电子邮件地址创建新账户。',
  'notices.account_reset_ready.delete': '删除您的账户',
  'notices.account_reset_ready.ignore': '如果您不再想删除账户，可以忽略此邮件。您的账户将保持不变。',
  'notices.account_reset_ready.subject': '您现在可以删除您的账户',
  'notices.account_reset_requested.advice':
    '如果您不采取任何行动，等待期结束后，我们会再发送一封邮件，其中包含可删除账户的链接。',
  'notices.account_reset_requested.body':
    '有人（希望是您本人）因无法使用身份验证方式而要求删除您的 {brand} 账户。如果这不是您本人的操作，或者您又可以使用账户了，请取消该请求。',
  'notices.account_reset_requested.cancel': '取消请求',
  'notices.account_reset_requested.subject': '有人要求删除您的账户',
  'notices.account_suspended.body':
    '由于出现异常活动，您的 {brand} 账户已被暂停。在问题解决之前，您无法用它登录应用。',
  'notices.account_suspended.subject': '您的账户已被暂停',
  'notices.added_email_taken.advice': '如要将此地址用于另一个账户，请先登录您的账户，并在那里将其移除。',
  'notices.added_email_taken.body':
    '有人（可能是您本人）试图将此电子邮件地址添加到某个 {brand} 账户。该地址已属于您的账户，因此没有任何更改。',
  'notices.added_email_taken.ignore': '如果这不是您本人的操作，可以忽略此邮件。',
  'notices.added_email_taken.subject': '此电子邮件地址已被使用',
  'notices.already_registered.body':
    '有人（可能是您本人）试图用此电子邮件地址创建 {brand} 账户。您已经有使用此地址的账户：请登录，如果忘记了密码，请重设密码。',
  'notices.already_registered.ignore': '如果这不是您本人的操作，可以忽略此邮件。您的账户没有更改。',
  'notices.already_registered.subject': '您已经有账户了',
  'notices.app_connected.body': '您首次在 {app} 使用了您的 {brand} 账户，并同意与其分享信息。',
  'notices.app_connected.subject': '您已将 {app} 连接到您的账户',
  'notices.app_disconnected.body':
    '您已断开 {app} 与您的 {brand} 账户的连接。除非您再次在那里登录并表示同意，否则它不会再从我们这里收到信息。',
  'notices.app_disconnected.subject': '您已断开 {app} 与您的账户的连接',
  'notices.browsers_forgotten.advice': '下次在任何浏览器登录时，您都需要使用第二种身份验证方式。',
  'notices.browsers_forgotten.body': '为您的 {brand} 账户记住的所有浏览器都已被清除。',
  'notices.browsers_forgotten.subject': '为您记住的浏览器已被清除',
  'notices.common.browser': '浏览器',
  'notices.common.confirm_email': '确认您的电子邮件地址',
  'notices.common.connected_apps': '查看您已连接的应用',
  'notices.common.fact': '{name}：{value}',
  'notices.common.footer':
    '{brand} 发送此邮件，是因为发生了与此电子邮件地址有关的事情。请勿回复此邮件。我们绝不会通过电子邮件向您索要密码或代码。',
  'notices.common.get_help': '获取帮助',
  'notices.common.if_not_you_account':
    '如果这不是您本人的操作，请登录，在您的账户页面撤销更改，并选择新密码。',
  'notices.common.if_not_you_link':
    '如果这不是您本人的操作，可能有人知道了您的密码。请使用上面的链接选择新密码。',
  'notices.common.if_you': '如果这是您本人的操作，则无需采取任何行动。',
  'notices.common.ignore': '如果这不是您本人的操作，可以忽略此邮件。',
  'notices.common.link': '{label}：',
  'notices.common.link_lifetime': '此链接在 {time}内有效。',
  'notices.common.method': '验证方式',
  'notices.common.not_me': '这不是我本人的操作',
  'notices.common.open_account': '前往您的账户',
  'notices.common.place': '大致位置',
  'notices.common.reset_password': '重设您的密码',
  'notices.common.sign_in': '登录',
  'notices.common.time': '时间',
  'notices.common.unknown': '未知',
  'notices.confirm_added_email.body': '您要求将此电子邮件地址添加到您的 {brand} 账户。请确认后开始使用。',
  'notices.confirm_added_email.ignore': '如果您没有提出此要求，可以忽略此邮件。该地址不会被添加。',
  'notices.confirm_added_email.subject': '请确认您的新电子邮件地址',
  'notices.confirm_sign_up.body': '您马上就可以使用 {brand} 了。请确认您的电子邮件地址，以继续创建账户。',
  'notices.confirm_sign_up.ignore': '如果您没有要求创建账户，可以忽略此邮件。不会创建任何账户。',
  'notices.confirm_sign_up.subject': '请确认您的电子邮件地址',
  'notices.email_added.body': '您的 {brand} 账户新增了一个电子邮件地址。',
  'notices.email_added.subject': '您的账户新增了一个电子邮件地址',
  'notices.email_deleted.body': '您的 {brand} 账户移除了一个电子邮件地址。',
  'notices.email_deleted.subject': '您的账户移除了一个电子邮件地址',
  'notices.factor_added.body': '您的 {brand} 账户新增了一种身份验证方式。',
  'notices.factor_added.subject': '您的账户新增了一种身份验证方式',
  'notices.factor_removed.body':
    '您的 {brand} 账户移除了一种身份验证方式。已记住的浏览器会再次要求使用第二种方式。',
  'notices.factor_removed.subject': '您的账户移除了一种身份验证方式',
  'notices.new_device.body': '有人在我们未见您使用过的浏览器上登录了您的 {brand} 账户。',
  'notices.new_device.subject': '您的账户有新的登录',
  'notices.new_device_password_only.body':
    '有人在我们未见您使用过的浏览器上输入了您的 {brand} 电子邮件地址和密码，但没有用第二种身份验证方式完成登录。',
  'notices.new_device_password_only.subject': '有人在新的浏览器上使用了您的密码',
  'notices.password_changed.body': '您的 {brand} 账户的密码已更改。',
  'notices.password_changed.subject': '您的密码已更改',
  'notices.please_reset_password.advice': '如果您在其他地方使用相同的密码，请也在那里更改。',
  'notices.please_reset_password.body':
    '可能有他人知道您的 {brand} 账户的密码。您已在所有地方退出登录。请选择新密码后继续。',
  'notices.please_reset_password.subject': '请选择新密码',
  'notices.reset_password.body': '您要求重设您的 {brand} 账户的密码。请使用链接选择新密码。',
  'notices.reset_password.ignore': '如果您没有提出此要求，可以忽略此邮件。您的密码保持不变。',
  'notices.reset_password.subject': '请重设您的密码',
  'notices.reset_suspended.body':
    '有人（可能是您本人）要求重设您的 {brand} 账户的密码。该账户已被暂停，因此无法重设密码。',
  'notices.reset_unknown_account.advice':
    '您创建账户时可能使用了另一个地址。请尝试那个地址，或用此地址创建账户。',
  'notices.reset_unknown_account.body':
    '有人（可能是您本人）要求重设 {address} 的 {brand} 密码。没有使用此地址的账户。',
  'notices.reset_unknown_account.create': '创建账户',
  'notices.reset_unknown_account.subject': '没有使用此电子邮件地址的账户',
  'notices.saml_year.ends': '旧证书和旧地址失效时间',
  'notices.saml_year.metadata': '含新证书的元数据',
  'notices.saml_year.what_to_do':
    '请读取新的元数据，或者用新证书和以 {year} 结尾的地址替换旧的。在下面的日期之前，两个年份都可使用，您可以随时更换。',
  'notices.saml_year.why_you': '您收到此邮件是因为您是 {app} 的技术联系人。',
  'notices.saml_year_ends.body':
    '{app} 仍在通过 {brand} 的 {old} 年 SAML 地址让用户登录。这些地址关闭后，在 {app} 改用新地址之前，任何人都无法登录该应用。',
  'notices.saml_year_ends.subject': '如不更改 SAML 设置，{app} 的登录将停止',
  'notices.saml_year_opened.body':
    '{brand} 每年更新用于签署 SAML 断言的证书。{year} 年的地址现已开放，{app} 可以开始使用。',
  'notices.saml_year_opened.subject': '{year} 年的 SAML 地址和证书',
  'notices.sign_up_suspended.body':
    '有人（可能是您本人）试图用此电子邮件地址创建 {brand} 账户。该地址属于已被暂停的账户，因此没有创建新账户。',
} as const satisfies Translation<typeof english>;
