"""Mail: headers and texts in the encodings that Chinese programs write, attachments read where they stand."""

from __future__ import annotations

import base64
from email.message import EmailMessage

import pytest

from qa.errors import DocumentError
from qa.reading.clean import clean
from qa.reading.loaders.mail import MailLoader

BODY = "各单位：\n\n请于3月15日前报送工作总结，联系人朱镕，电话0477-8588888。\n"


def raw_gb2312(body: str, subject: str) -> bytes:
    """As old Chinese mail programs write: gb2312 named, characters outside of it used (镕)."""
    encoded = base64.b64encode(subject.encode("gb18030")).decode()
    head = f"From: =?gb2312?B?{base64.b64encode('市科技局'.encode('gb2312')).decode()}?= <a@b.c>\r\n"
    head += f"To: d@e.f\r\nSubject: =?gb2312?B?{encoded}?=\r\nDate: Wed, 05 Mar 2025 10:20:00 +0800\r\n"
    head += "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=gb2312\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    return head.encode() + base64.encodebytes(body.encode("gb18030"))


def test_gb2312_is_read_as_the_larger_set_that_was_meant() -> None:
    loaded = MailLoader().load(raw_gb2312(BODY, "关于报送总结的通知（镕）"), "通知.eml")
    assert clean(loaded).text.split("\n") == [
        "关于报送总结的通知（镕）",
        "发件人：市科技局",
        "收件人：d@e.f",
        "日期：2025年3月5日 10:20",
        "各单位：",
        "请于3月15日前报送工作总结，联系人朱镕，电话0477-8588888。",
    ]
    assert loaded.warnings == ()


def mail(html: str = "", *attachments: tuple[str, bytes]) -> bytes:
    message = EmailMessage()
    message["From"], message["Subject"] = "市科技局 <a@b.c>", "附件三份"
    if html:
        message.set_content(html, subtype="html")
    else:
        message.set_content(BODY)
    for name, data in attachments:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def test_a_web_page_is_read_where_there_is_no_plain_text() -> None:
    text = MailLoader().load(mail("<html><body><p>全市共有<b>565家</b>高新技术企业。</p></body></html>"), "信.eml").text
    assert "全市共有565家高新技术企业。" in text


def test_attachments_of_known_formats_are_read_and_others_named() -> None:
    data = mail(
        "",
        ("名单 😀.csv", "姓名,职务,电话\n孔繁飞,处长,123\n".encode("gb18030")),
        ("照片.jpg", b"\xff\xd8\xff"),
        ("../../etc/坏.pdf", b"not a pdf"),
        ("内.eml", b"Subject: x\r\n\r\ny"),
        ("包.zip", b"PK"),
    )
    loaded = MailLoader().load(data, "信.eml")
    assert "附件：名单 😀.csv\n姓名：孔繁飞；职务：处长；电话：123" in loaded.text
    told = "\n".join(loaded.warnings)
    for words in ("照片.jpg 没有读入：格式不支持", "坏.pdf 不是 PDF", "内.eml 没有读入", "包.zip 没有读入"):
        assert words in told
    assert "etc" not in told


@pytest.mark.parametrize("charset", [b"g\x002312", b"no-such", b"\xff\xfe", b"idna", b"rot13", b"utf-7"])
def test_an_unknown_charset_is_read_as_the_bytes_look(charset: bytes) -> None:
    data = raw_gb2312(BODY, "通知").replace(b"charset=gb2312", b"charset=" + charset)
    assert "请于3月15日前报送工作总结" in MailLoader().load(data, "信.eml").text


@pytest.mark.parametrize("data", [b"\x00\x01\x02\x03", b"", b"just words\n"])
def test_what_is_no_mail_is_refused(data: bytes) -> None:
    with pytest.raises(DocumentError, match="不是邮件"):
        MailLoader().load(data, "坏.eml")


def test_deep_nesting_is_refused() -> None:
    data = b"Subject: deep\r\n"
    for level in range(3000):
        data += b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (level, level)
    with pytest.raises(DocumentError, match="嵌套太深"):
        MailLoader().load(data + b"\r\nx", "深.eml")
