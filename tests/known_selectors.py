"""Selectors, by who understands them: a page (`element.matches`), Playwright (`page.locator`), both, or nobody."""

BOTH = (
    *("#a", "a.b", "[data-x]", "[name='x']", '[name="x" i]', "a:hover", "a b", "a\nb", "é", "*", "#a#b", r"#\31 abc"),
    *("a:has(> b)", "a:has(+ b, ~ c)", ":is(a, b > c)", ":where(a, b)", ":not(a, .b)", ":nth-child(2n+1 of .x)"),
    *(":-webkit-autofill", ":popover-open", ":user-invalid", ":state(x)", ":dir(ltr)", ":lang(en)", ":host-context(b)"),
    *("/* c */ a", "a /* c */ b", "[*|a=b]", "a[b|=c]", "a[b^='c']", "input[name='user[name]']", ":scope > a", ":root"),
    *("#a:not(.b):nth-last-child(-n+3)", "a >b, c~d + e", "  #a  ", r"#a\:b", "[id$=__x]", "a:focus-visible"),
)
ONLY_PAGE = ("a::-webkit-input-placeholder", "::slotted(b)", "a::part(x)", "&", "& a", "a &", "*|a", "|a", ":is()")
ONLY_PLAYWRIGHT = (
    *("> a", "+ a", "~ a", "a >>> b", "text=Save", "'Save'", '"Save"', "text=Don't >> b", "//div", "xpath=//div", ".."),
    *("(//div)[1]", "#a >> text=Save", "#a >> nth=0", "role=button[name='x']", "id=foo", "data-testid=foo", "css=#a"),
    *("css:light=#a", "#a >> css=.b", ":nth-match(a, 2)", "a:left-of(b)", 'button:has-text("x")', "a:visible"),
    *("internal:role=button", "visible=true", "*css=a >> b", "a:not(:has-text('x'))", "label:text-is('x')"),
)
NEITHER = (
    *(
        "",
        "   ",
        "a >",
        "a,",
        "a,,b",
        ",a",
        "a..b",
        "a#",
        "a.",
        "a:",
        "a::",
        ":not()",
        "#1abc",
        ".1a",
        "a!b",
        "@a",
        "$a",
    ),
    *("[data-x=", "[name=x y]", "[]", "[a=b]c", "[=b]", "[a==b]", "a[b!=c]", "a[b c]", "input[name=user[name]]"),
    *("input[name=user.name]", "[data-x=1]", "[data-x=a:b]", "[x|a=b]", "svg|a", "a||b", "a/deep/b", "a{b}", "a;b"),
    *("<!-- a", "()", "a()", "a)", "a]", "a > > b", "a >> ", ">> a", "div:contains('x')", "a:eq(1)", "a:first"),
    *("a:not(:contains('x'))", "css=a..b"),
)
