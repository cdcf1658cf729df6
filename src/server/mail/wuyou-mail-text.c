/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "mail/wuyou-mail-text.h"

#include <string.h>

typedef struct {
  const char *kind;
  struct {
    const char *subject, *text;
  } chinese, english;
} Template;

/* Not by gettext: the language is the reader's, not the server's. */
/* clang-format off */
static const Template templates[WUYOU_N_MAILS] = {
  [WUYOU_MAIL_RESET_TOKEN] = { "reset-token",
    { "重置登录密码",
      "{name}，您好：\n\n有人（来自 {host}）申请重置您的登录密码。如果是您本人，请在 30 分钟内把下面的重置码填入登录窗口：\n\n"
      "{token}\n\n重置码只能使用一次。如果不是您本人，请忽略本邮件并报告账号异常；密码没有改变。\n" },
    { "Reset of your password",
      "Dear {name},\n\nsomebody (from {host}) asked to reset your password. If it was you, enter this code in the sign-in "
      "window within 30 minutes:\n\n{token}\n\nThe code works once. If it was not you, ignore this message and report "
      "misuse; your password has not changed.\n" } },
  [WUYOU_MAIL_PASSWORD_CHANGED] = { "password-changed",
    { "登录密码已修改",
      "{name}，您好：\n\n您的登录密码已于 {time} 修改（来自 {host}），其他设备上的会话已全部结束。\n"
      "如果不是您本人操作，请立即报告账号异常。\n" },
    { "Your password was changed",
      "Dear {name},\n\nyour password was changed at {time} (from {host}). Sessions on other devices were ended.\n"
      "If it was not you, report misuse at once.\n" } },
  [WUYOU_MAIL_PASSWORD_RESET] = { "password-reset",
    { "登录密码已重置",
      "{name}，您好：\n\n您的登录密码已于 {time} 通过邮件重置（来自 {host}），所有会话已结束，请用新密码登录。\n"
      "如果不是您本人操作，请立即报告账号异常。\n" },
    { "Your password was reset",
      "Dear {name},\n\nyour password was reset by e-mail at {time} (from {host}). All sessions were ended; sign in with the "
      "new password.\nIf it was not you, report misuse at once.\n" } },
  [WUYOU_MAIL_MANAGER_RESET] = { "manager-reset",
    { "员工账号的密码已重置",
      "您好：\n\n本机构员工 {name} 的登录密码已于 {time} 通过邮件重置。如果对方不知情，请立即停用该账号并联系支持热线。\n" },
    { "A password of your staff was reset",
      "Hello,\n\nthe password of {name} was reset by e-mail at {time}. If they know nothing of it, suspend the account "
      "at once and call the support line.\n" } },
  [WUYOU_MAIL_EMAIL_CONFIRM] = { "email-confirm",
    { "确认新的登录邮箱",
      "您好：\n\n有人（来自 {host}）希望将 {new} 用作无忧账号的登录邮箱。如果是您本人，请在 30 分钟内把下面的确认码填入"
      "应用的“个人设置”：\n\n{token}\n\n确认码只能使用一次。如果不是您本人，请忽略本邮件，不会有任何改变。\n" },
    { "Confirm your new e-mail address",
      "Hello,\n\nsomebody (from {host}) wants to sign in to Wuyou with {new} from now on. If it was you, enter this code "
      "in the personal settings of the application within 30 minutes:\n\n{token}\n\nThe code works once. If it was not "
      "you, ignore this message; nothing will change.\n" } },
  [WUYOU_MAIL_EMAIL_ASKED] = { "email-asked",
    { "有人申请修改登录邮箱",
      "{name}，您好：\n\n有人（来自 {host}）于 {time} 申请将您账号的邮箱改为 {new}。新邮箱确认之前，邮箱不变。\n"
      "如果不是您本人操作，请立即修改密码并报告账号异常。\n" },
    { "A new e-mail address was asked for",
      "Dear {name},\n\nat {time} somebody (from {host}) asked to change the e-mail address of your account to {new}. Until "
      "the new address is confirmed, nothing changes.\nIf it was not you, change your password and report misuse at "
      "once.\n" } },
  [WUYOU_MAIL_EMAIL_CHANGED] = { "email-changed",
    { "登录邮箱已修改",
      "{name}，您好：\n\n您的账号的邮箱已于 {time} 由 {old} 改为 {new}（来自 {host}）。今后请用新邮箱登录。\n"
      "如果不是您本人操作，请立即报告账号异常。\n" },
    { "Your e-mail address was changed",
      "Dear {name},\n\nthe e-mail address of your account was changed from {old} to {new} at {time} (from {host}). Sign in "
      "with the new one from now on.\nIf it was not you, report misuse at once.\n" } },
  [WUYOU_MAIL_CODES_ON] = { "codes-on",
    { "动态口令已启用", "{name}，您好：\n\n您的账号已于 {time} 启用动态口令。如果不是您本人操作，请立即报告账号异常。\n" },
    { "One-time codes are on",
      "Dear {name},\n\none-time codes were turned on for your account at {time}. If it was not you, report misuse at "
      "once.\n" } },
  [WUYOU_MAIL_CODES_OFF] = { "codes-off",
    { "动态口令已停用", "{name}，您好：\n\n您的账号已于 {time} 停用动态口令。如果不是您本人操作，请立即报告账号异常。\n" },
    { "One-time codes are off",
      "Dear {name},\n\none-time codes were turned off for your account at {time}. If it was not you, report misuse at "
      "once.\n" } },
  [WUYOU_MAIL_CLAIM] = { "claim",
    { "理赔案件有新的进展", "您好：\n\n理赔案件 {number} 于 {time} 有新的进展，请登录无忧查看。\n" },
    { "A claim has moved on", "Hello,\n\nclaim {number} has moved on at {time}. Sign in to Wuyou to see it.\n" } },
  [WUYOU_MAIL_CLAIM_DUE] = { "claim-due",
    { "理赔案件的期限即将届满", "您好：\n\n理赔案件 {number} 的期限将于 {due}（含当日）届满，请登录无忧办理。\n" },
    { "A claim is due soon", "Hello,\n\nthe time for claim {number} ends with {due}. Sign in to Wuyou to see what is to be done.\n" } },
  [WUYOU_MAIL_MISUSE] = { "misuse",
    { "账号异常报告", "收到账号异常报告。\n\n时间：{time}\n账号：{login}\n来源：{host}\n内容：\n{text}\n" },
    { "Report of misuse", "Misuse of an account was reported.\n\nTime: {time}\nAccount: {login}\nFrom: {host}\n\n{text}\n" } },
};
/* clang-format on */

const char *
wuyou_mail_language (const WuyouRequest *request)
{
  const char *wish = request != NULL ? wuyou_request_get_header (request, "Accept-Language") : NULL;

  return wish != NULL && g_ascii_strncasecmp (wish, "en", 2) == 0 ? "en" : "zh";
}

static const char *
find_fact (const char *const *facts, const char *name, gsize length)
{
  for (; *facts != NULL; facts += 2)
    if (strlen (*facts) == length && strncmp (*facts, name, length) == 0)
      return facts[1] != NULL ? facts[1] : "";
  return NULL;
}

/* Values are put in as they are and never looked at again, so that braces in a name do nothing. */
static char *
fill_in (const char *text, const char *const *facts)
{
  GString *out = g_string_new (NULL);

  while (*text != '\0') {
    const char *end = *text == '{' ? strchr (text, '}') : NULL;
    const char *value = end != NULL ? find_fact (facts, text + 1, (gsize) (end - text - 1)) : NULL;

    if (value != NULL) {
      g_string_append (out, value);
      text = end + 1;
    } else {
      g_string_append_c (out, *text++);
    }
  }
  return g_string_free (out, FALSE);
}

WuyouMail *
wuyou_mail_text_new (WuyouMailKind kind,
                     const char *language,
                     const char *id,
                     const char *account_id,
                     const char *to,
                     const char *const *facts)
{
  const Template *template = &templates[kind];
  gboolean english = g_strcmp0 (language, "en") == 0;
  WuyouMail *mail = g_new0 (WuyouMail, 1);

  mail->id = g_strdup (id);
  mail->kind = g_strdup (template->kind);
  mail->account_id = g_strdup (account_id);
  mail->to = g_strdup (to);
  mail->subject = g_strdup (english ? template->english.subject : template->chinese.subject);
  mail->text = fill_in (english ? template->english.text : template->chinese.text, facts);
  return mail;
}
