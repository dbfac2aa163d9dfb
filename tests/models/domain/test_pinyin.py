import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain.catalogs import catalog
from models.domain.text.pinyin import index, initials, matches

CHINESE = st.text(alphabet="".join(catalog("pinyin")["readings"].values()), min_size=1, max_size=8)


@pytest.mark.parametrize(
    ("text", "letters", "sounds"),
    [
        ("柳河镇", "lhz", "liuhezhen"),
        ("重庆路", "cql", "chongqinglu"),
        ("厦门", "xm", "xiamen"),
        ("六安", "la", "luan"),
        ("镇长", "zz", "zhenzhang"),
        ("长街社区", "cjsq", "changjieshequ"),
        ("农商银行", "nsyh", "nongshangyinhang"),
        ("吕梁", "ll", "lvliang"),
        ("A座", "az", "azuo"),
    ],
)
def test_spellings(text, letters, sounds):
    assert initials(text) == letters
    assert index(text).split()[:2] == [letters, sounds]


def test_the_index_knows_surnames():
    assert index("仇明") == "cm chouming qm qiuming"
    assert index("单立人").split()[2:] == ["slr", "shanliren"]
    assert index("柳河镇") == "lhz liuhezhen"


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("", "柳河镇"),
        ("河镇", "柳河镇"),
        ("lhz", "柳河镇"),
        ("ＬＨＺ", "柳河镇"),
        ("hz", "柳河镇"),
        ("liuhe", "柳河镇"),
        ("liu he", "柳河镇"),
        ("liuh", "柳河镇"),
        ("liuhz", "柳河镇"),
        ("柳hz", "柳河镇"),
        ("柳河zhen", "柳河镇"),
        ("qm", "仇明"),
        ("qiu", "仇明"),
        ("chou", "仇明"),
        ("zeng", "曾家镇"),
        ("重qing", "重庆路"),
        ("镇长z", "镇长张立"),
        ("a座", "A座"),
    ],
)
def test_found(query, text):
    assert matches(query, text)


@pytest.mark.parametrize(("query", "text"), [("xyz", "柳河镇"), ("柳z", "柳河镇"), ("liux", "柳河镇"), ("柳", "")])
def test_not_found(query, text):
    assert not matches(query, text)


@given(CHINESE)
def test_every_name_is_found_by_each_of_its_ways(name):
    assert matches(name, name)
    assert matches(initials(name), name)
    assert all(matches(key, name) for key in index(name).split())
    assert initials(name).isascii()


@given(st.text(max_size=12), st.text(max_size=12))
def test_any_text_and_query_are_survived(query, text):
    assert matches(query, text) in (True, False)
