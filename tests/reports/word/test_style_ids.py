from capa_xl.reports.word.style_ids import with_our_style_ids

STYLE = '<w:style w:type="paragraph" w:styleId="{}"><w:name w:val="{}"/></w:style>'


def members(*styles):
    text = "".join(STYLE.format(*one) for one in styles)
    body = '<w:pStyle w:val="Style19"/>Style19 <w:pStyle w:val="Style190"/>'
    return {"word/styles.xml": text.encode(), "word/document.xml": body.encode(), "word/media/a.png": b"\xff"}


def test_a_style_is_known_by_its_name_and_gets_our_id_where_it_is_meant():
    found = with_our_style_ids(members(("Style19", "密表短文"), ("Style190", "另一种")))
    assert found["word/document.xml"].decode() == '<w:pStyle w:val="BriefText"/>Style19 <w:pStyle w:val="Style190"/>'
    assert b'w:styleId="BriefText"' in found["word/styles.xml"] and b'w:styleId="Style190"' in found["word/styles.xml"]
    assert found["word/media/a.png"] == b"\xff"


def test_ids_that_are_ours_already_and_an_id_that_another_style_has_stay():
    for styles in ((("BriefText", "密表短文"),), (("Style19", "密表短文"), ("BriefText", "别的"))):
        assert with_our_style_ids(members(*styles)) == members(*styles)
