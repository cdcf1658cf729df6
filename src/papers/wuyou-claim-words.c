/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Wuyou authors */
#include "config.h"

#include "wuyou-claim-pen.h"

/* Paper speaks Chinese in a server without a locale, so the words of the domain's tables stand here too. A test holds
 * them to those of the desktop (po/zh_CN.po), and finds any that is missing. */
/* clang-format off */
static const char *const words[][2] = {
  { "The loss", "出险" },
  { "The new car", "新车" },
  { "Collision", "碰撞" },
  { "Theft", "盗抢" },
  { "Fire", "火灾" },
  { "Flood or storm", "水淹或风暴" },
  { "Other", "其他" },
  { "Total loss", "实际全损" },
  { "Constructive total loss", "推定全损" },
  { "Not a total loss", "非全损" },
  { "Car, owner or use differ from the contract", "车辆、车主或用途与合同不符" },
  { "Loss before the contract was in force", "损失发生在合同生效之前" },
  { "Partial loss only", "仅为部分损失" },
  { "No motor policy, or not paid as a total loss", "无有效机动车保险，或未按全损结案" },
  { "Modified or assembled car", "车辆改装或拼装" },
  { "The car changed hands", "车辆已过户" },
  { "New car below the list price required", "新车厂商指导价低于要求" },
  { "New car of another brand", "新车不属于约定品牌" },
  { "Intent, gross negligence, fraud or crime", "故意、重大过失、欺诈或犯罪" },
  { "Misuse or poor maintenance", "使用不当或维护不良" },
  { "Inherent defect or wear", "固有缺陷或自然磨损" },
  { "War, terror, strike or riot", "战争、恐怖活动、罢工或骚乱" },
  { "Nuclear event or pollution", "核辐射或污染" },
  { "Administrative or judicial act", "行政或司法行为" },
  { "Indirect loss", "间接损失" },
  { "Claimed too late", "超过申请期限" },
  { "Missing documents leave it undetermined", "材料缺失，无法核定" },
  { "Copy", "复印件" },
  { "Copy with the insurer’s stamp", "加盖保险公司印章的复印件" },
  { "Original", "原件" },
  { "Uploading", "上传中" },
  { "Being checked", "安全检查中" },
  { "Available", "可用" },
  { "Verified", "已核验" },
  { "Returned", "已退回" },
  { "Replaced", "已替换" },
  { "Refused: malicious content", "已拒收：含恶意内容" },
  { "Refused: kind of file", "已拒收：文件类型不符" },
  { "Taken back", "已撤回" },
  { "Not readable", "模糊不清" },
  { "A page is missing", "缺页" },
  { "Expired", "已到期" },
  { "Contradicts other papers", "与其他材料不一致" },
  { "Another reason", "其他原因" },
  { "Insurer’s determination", "保险公司认定" },
  { "Owner’s statement of withdrawal", "车主撤案声明" },
  { "Owner’s appeal", "车主申诉书" },
  { "Proof of payment", "付款凭证" },
  { "Invoice amount with tax", "发票价税合计" },
  { "First invoice", "首张发票日期" },
  { "In force from", "生效日期" },
  { "Day of the loss", "出险日期" },
  { "Day of the insurer’s determination", "保险公司认定日期" },
  { "Drive", "动力类型" },
  { "Use", "使用性质" },
  { "Condition", "车况" },
  { "Insured value in the year of the loss", "出险年度保险金额" },
  { "Purchase tax of the old car", "原车购置税" },
  { "Purchase tax of the new car", "新车购置税" },
  { "Delivery of the old car", "原车交付费" },
  { "Delivery of the new car", "新车交付费" },
  { "Registration of the old car", "原车上牌费" },
  { "Registration of the new car", "新车上牌费" },
  { "First year’s motor policies of the old car", "原车首年车险费用" },
  { "First year’s motor policies of the new car", "新车首年车险费用" },
  { "What the car cost by its first invoice, tax included. The computation begins with it.", "首张购车发票上的价税合计金额，计算由此开始。" },
  { "Completed months until the loss", "至出险日的完整月数" },
  { "Whole months from the first invoice to the day of the loss. A month that was not complete does not count.", "首张发票日至出险日已满的月数，不满一个月的部分不计。" },
  { "Whole months from the first day of the service to the day of the loss. A month that was not complete does not count.", "服务期起始日至出险日已满的月数，不满一个月的部分不计。" },
  { "Depreciation a month", "月折旧率" },
  { "What the product takes off a month for a car of this drive and use.", "产品条款按车辆的动力形式和使用性质约定的每月比例。" },
  { "Depreciation until the loss", "至出险日的折旧金额" },
  { "The three figures above multiplied, rounded to the fen.", "以上三项相乘，四舍五入到分。" },
  { "For how much the motor insurer covered damage to the car in the policy year of the loss.", "出险所在保险年度，保险公司承保车辆损失的保险金额。" },
  { "Invoice amount less insured value", "发票金额减去保险金额" },
  { "By how much the insured value falls short of the invoice amount; nothing when it does not.", "保险金额低于发票金额的部分；不低于的，按零计算。" },
  { "Purchase tax, up to that of the old car", "购置税，以原车为限" },
  { "The tax paid for the new car, or that of the old car when it was less.", "新车实际缴纳的购置税；高于原车的，按原车的金额计。" },
  { "Delivery, up to that of the old car", "交付费，以原车为限" },
  { "Delivery of the new car by its receipt, or that of the old car when it was less.", "新车交付费的票据金额；高于原车的，按原车的金额计。" },
  { "Registration, up to that of the old car", "上牌费，以原车为限" },
  { "Registration of the new car by its receipt, or that of the old car when it was less.", "新车上牌费的票据金额；高于原车的，按原车的金额计。" },
  { "First year’s motor policies, up to those of the old car", "首年车险费用，以原车为限" },
  { "What the first year’s motor policies of the new car cost, or those of the old car when it was less.", "新车首年车险的票据金额；高于原车的，按原车的金额计。" },
  { "Costs together", "费用合计" },
  { "The costs above added.", "以上各项费用相加。" },
  { "Share of the invoice amount at most", "不超过发票金额的比例" },
  { "The terms limit this part to a share of the invoice amount.", "产品条款约定，这一部分以发票金额的一定比例为上限。" },
  { "Which is at most", "上限金额" },
  { "Invoice amount times that share, rounded to the fen.", "发票金额乘以上述比例，四舍五入到分。" },
  { "Benefit of this part", "本项补偿金额" },
  { "What this part comes to. Where it is limited, the lower of amount and limit.", "本项补偿；有上限的，取算得金额与上限中较低的一个。" },
  { "Amount of the settlement", "补偿金额" },
  { "What is paid towards the new car.", "用于抵减新车价款的补偿金额。" },
};
/* clang-format on */

const char *
_wuyou_claim_word (const char *label)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_strcmp0 (words[i][0], label) == 0)
      return words[i][1];
  return label;
}

guint
_wuyou_claim_words (const char *const (**ret_words)[2])
{
  *ret_words = words;
  return G_N_ELEMENTS (words);
}
