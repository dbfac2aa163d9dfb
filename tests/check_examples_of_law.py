"""For each check that law and office rules ask for: a paper that has it, and one that has not."""

from collections.abc import Callable

from check_examples import DAY, NOTHING, ORGAN, Example, paper

from models.paper.checks.notices import Facts
from models.paper.elements import Header, Paper, Signature


def _coordinated(text: str) -> Paper:
    """A notice of an office that only coordinates, to those it does not command."""
    organ = "云岭县人居环境整治工作领导小组办公室"
    return paper(text, title="关于人居环境整治的通知", kind="free_paper", signature=Signature((organ,), DAY))


def _reported(text: str, signers: tuple[str, ...] = ("方正明",)) -> Paper:
    header = Header((ORGAN,), number="云防〔2022〕1号", signers=signers)
    return paper(text, title="关于督查情况的报告", kind="free_paper", addressees=("县政府",), header=header)


def _marked(secrecy: str, **more: str) -> Paper:
    return paper(header=Header((ORGAN,), number="云防〔2022〕1号", secrecy=secrecy, **more))


EXAMPLES_OF_LAW: dict[str, tuple[Callable[[], Example], Callable[[], Example]]] = {
    "order_basis": (
        lambda: (_coordinated("各乡镇必须立即整改。"), NOTHING),
        lambda: (_coordinated("经县人民政府同意，各乡镇必须立即整改。"), NOTHING),
    ),
    "length": (lambda: (paper("落实" * 2001), NOTHING), lambda: (paper("落实" * 1900), NOTHING)),
    "reports_asked": (
        lambda: (paper("各单位于3月15日前报送贯彻落实情况。"), NOTHING),
        lambda: (paper("各单位于3月15日前反馈整改结果。"), NOTHING),
    ),
    "ranking": (
        lambda: (paper("青石镇排名第三。", title="关于3月份督查情况的通报"), NOTHING),
        lambda: (paper("青石镇发现问题3个。", title="关于3月份督查情况的通报"), NOTHING),
    ),
    "signer_missing": (
        lambda: (_reported("特此报告。", ()), NOTHING),
        lambda: (_reported("特此报告。"), NOTHING),
    ),
    "review_days": (
        lambda: (paper("对督查结论有异议的，可在15日内申请复核。"), NOTHING),
        lambda: (paper("对督查结论有异议的，可在30日内申请复核；对事实有异议的，3日内反馈。"), NOTHING),
    ),
    "unapproved": (
        lambda: (paper(approver="程立新"), Facts(authorities=frozenset({"指定部门"}))),
        lambda: (paper(), Facts(authorities=frozenset({"党委督查"}))),
    ),
    "inspection_unapproved": (
        lambda: (paper(), Facts(unapproved=(("DC-01", "批准人、批准文号"),))),
        lambda: (paper(), NOTHING),
    ),
    "secret": (lambda: (_marked("秘密★1年"), NOTHING), lambda: (_marked(""), NOTHING)),
    "star_open": (lambda: (_marked("内部★1年"), NOTHING), lambda: (paper("该酒店为★★★级。"), NOTHING)),
    "copy_number_open": (
        lambda: (_marked("", copy_number="000001"), NOTHING),
        lambda: (_marked("机密★1年", copy_number="000001"), NOTHING),
    ),
}  # fmt: skip
