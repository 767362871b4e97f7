import type { piv as english } from '../en/piv.ts';
import type { Translation } from '../translation.ts';

/** Words of government ID cards (PIV and CAC). */
export const piv = {
  'piv.challenge.submit': '出示我的证件',
  'piv.challenge.text':
    '请将政府雇员证件插入读卡器，然后按下按钮。浏览器会要求您选择证件的证书并输入 PIN 码。',
  'piv.challenge.title': '使用您的政府雇员证件',
  'piv.error.bad': '我们无法读取此证件的证书。请重试，或使用其他方式。',
  'piv.error.expired': '此证件的证书已过期。请向签发机构申请新证件，在此之前请使用其他方式。',
  'piv.error.invalid': '此证件的证书无效。请选择其他证书，或使用其他方式。',
  'piv.error.mismatch': '您的账户中没有此证件。',
  'piv.error.no_card': '您的账户中没有政府雇员证件。',
  'piv.error.none':
    '浏览器没有出示证件。请确认证件已插入读卡器；如果浏览器没有提示，请关闭所有浏览器窗口后重试。',
  'piv.error.not_auth_cert': '这不是用于登录的证书。请重试并选择用于身份验证的证书。',
  'piv.error.not_found': '没有账户添加过此证件。请先用密码登录，然后添加证件。',
  'piv.error.revoked': '此证件已被吊销。请联系签发机构，并使用其他方式。',
  'piv.error.taken': '此证件已添加到某个账户。请使用其他证件或其他方式。',
  'piv.error.token': '操作时间过长或被中断。请重试。',
  'piv.error.unverified': '我们无法确认此证件是否有效。请稍后重试，或使用其他方式。',
  'piv.manage.subject': '证件内容：',
  'piv.mismatch.add': '使用其他方式并添加此证件',
  'piv.mismatch.retry': '换一张证件重试',
  'piv.mismatch.text':
    '该证件有效，但不是您添加过的那张。如果您有新证件，请先用其他方式登录，然后可以添加它，或用它替换旧证件。',
  'piv.mismatch.text_only': '该证件有效，但不是您添加过的那张。请使用您添加过的证件。',
  'piv.mismatch.title': '您的账户中没有此证件',
  'piv.pin': 'PIN 码只发送给证件，我们绝不会看到。',
  'piv.prompt.add': '添加证件',
  'piv.prompt.replace': '替换 {name}',
  'piv.prompt.skip': '暂时不要',
  'piv.prompt.text': '您出示了一张我们不认识的证件。如果是您本人的，今后可以用它登录。',
  'piv.prompt.title': '要添加您的政府雇员证件吗？',
  'piv.recommended.add': '添加我的证件',
  'piv.recommended.skip': '选择其他方式',
  'piv.recommended.text':
    '您的电子邮件地址属于政府或军方。如果您有 PIV 或 CAC 证件和读卡器，用证件登录最安全。',
  'piv.recommended.title': '您可以用政府雇员证件登录',
  'piv.remove.done': '证件已移除。',
  'piv.remove.submit': '移除证件',
  'piv.remove.text': '您将无法再用它登录。已记住的浏览器会再次要求第二种验证方式。',
  'piv.remove.title': '要移除此证件吗？',
  'piv.set_up.added': '已添加您的证件 {name}。',
  'piv.set_up.limit': '您已有两张证件。请先移除一张再添加。',
  'piv.set_up.name': '昵称',
  'piv.set_up.name_hint': '方便区分您的证件，例如：我所在机构的证件',
  'piv.set_up.other': '选择其他方式',
  'piv.set_up.replaces': '它将替换 {name}。',
  'piv.set_up.submit': '添加证件',
  'piv.set_up.text':
    '请将证件插入读卡器并为它命名。随后浏览器会要求您选择证件的证书并输入 PIN 码。请选择用于身份验证的证书。',
  'piv.set_up.title': '添加您的政府雇员证件',
  'piv.sign_in.link': '使用政府雇员证件（PIV 或 CAC）登录',
  'piv.sign_in.password': '使用电子邮件地址和密码登录',
  'piv.sign_in.text':
    '如果证件已添加到您的账户，只用证件即可登录。请将它插入读卡器，然后按下按钮。浏览器会要求您选择证件的证书并输入 PIN 码。',
  'piv.sign_in.title': '使用政府雇员证件登录',
  'piv.sign_in.unknown': '登录后，我们会询问您是否添加刚才出示的证件。',
} as const satisfies Translation<typeof english>;
