package dev.powercut.reports.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import dev.powercut.campaign.RunReport;
import dev.powercut.reports.SampleReports;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The page in a real browser, opened from a file. */
class HtmlReportBrowserTest {
    private static final int WIDE = 1280;
    private static final int NARROW = 400;

    /** Texts whose contrast with what is behind them is below WCAG 2.2 level AA (4.5 to 1). */
    private static final String FAINT_TEXTS = """
        () => {
          const channels = css => css.match(/[\\d.]+/g).map(Number);
          const luminance = ([r, g, b]) => [r, g, b].map(v => v / 255)
              .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
              .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
          const behind = element => {
            for (let e = element; e; e = e.parentElement) {
              const color = channels(getComputedStyle(e).backgroundColor);
              if (color.length === 3 || color[3] > 0) return color;
            }
            return [255, 255, 255];
          };
          const faint = [];
          for (const e of document.querySelectorAll('body *')) {
            if (![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())) continue;
            const [a, b] = [luminance(channels(getComputedStyle(e).color)), luminance(behind(e))];
            const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
            if (ratio < 4.5) faint.push(ratio.toFixed(2) + ' ' + e.className + ' ' + e.textContent.slice(0, 40));
          }
          return faint;
        }
        """;

    private static Chromium chromium;

    @TempDir
    private Path directory;

    private final List<BrowserContext> contexts = new ArrayList<>();
    private final List<String> console = new ArrayList<>();
    private final List<String> requests = new ArrayList<>();

    @BeforeAll
    static void start() {
        chromium = Chromium.start();
    }

    @AfterAll
    static void stop() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @AfterEach
    void closePages() {
        contexts.forEach(BrowserContext::close);
    }

    static List<RunReport> samples() {
        return SampleReports.all();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void isQuietReadableAndFitsInBothWidthsAndSchemes(RunReport report) throws IOException {
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            for (int width : new int[] {WIDE, NARROW}) {
                Page page = open(report, width, scheme);
                page.evaluate("document.querySelectorAll('details').forEach(e => e.open = true)");
                String where = report.title() + ", " + scheme + ", " + width;
                assertEquals(width, page.evaluate("document.documentElement.scrollWidth"), where);
                assertEquals(List.of(), page.evaluate(FAINT_TEXTS), where);
            }
        }
        assertEquals(List.of(), console);
        assertTrue(
                requests.stream().allMatch(url -> url.startsWith("file:") || url.startsWith("data:")),
                requests::toString);
        assertEquals(4, requests.stream().filter(url -> url.startsWith("file:")).count(), requests::toString);
    }

    @Test
    void sectionsAreLandmarksWithNames() throws IOException {
        Page page = open(SampleReports.oneFinding(), WIDE, ColorScheme.LIGHT);
        assertEquals(1, page.getByRole(AriaRole.MAIN).count());
        assertEquals(1, page.getByRole(AriaRole.BANNER).count());
        assertTrue(named(page, AriaRole.NAVIGATION, "Contents").isVisible());
        assertTrue(named(page, AriaRole.ARTICLE, "Finding 1: entry-to-free-inode broken promise")
                .isVisible());
        for (String name : List.of(
                "What was run",
                "Made small: 1 operation, 0 lost writes",
                "Operations",
                "Writes around the cut",
                "Expected and recovered",
                "Reproduce",
                "Oracles")) {
            assertTrue(named(page, AriaRole.REGION, name).isVisible(), name);
        }
    }

    @Test
    void tablesStayTablesForAssistiveSoftwareWhenNarrow() throws IOException {
        for (int width : new int[] {WIDE, NARROW}) {
            Page page = open(SampleReports.oneFinding(), width, ColorScheme.LIGHT);
            Locator table = named(page, AriaRole.TABLE, "Expected and recovered");
            assertEquals(5, table.getByRole(AriaRole.COLUMNHEADER).count());
            assertEquals(4, table.getByRole(AriaRole.ROWHEADER).count());
            assertEquals(5, table.getByRole(AriaRole.ROW).count());
        }
    }

    @Test
    void contentsOpenWithoutAnyScript() throws IOException {
        Page page = open(SampleReports.oneFinding(), WIDE, ColorScheme.LIGHT);
        Locator contents = page.getByText("36 'inbox' inode 14, regular file, to the end");
        assertFalse(contents.isVisible());
        page.locator("#f1-log-414 + tr summary").click();
        assertTrue(contents.isVisible());
        assertTrue(
                page.getByText("inode 14: free: mode 0").isVisible(), "the first missing write is open from the start");
    }

    @Test
    void aLinkToAFoldedOperationUnfoldsIt() throws IOException {
        Page page = open(SampleReports.oneFinding(), WIDE, ColorScheme.LIGHT);
        Locator operation = page.locator("#f1-op-12");
        assertFalse(operation.isVisible());
        page.locator("[aria-labelledby='f1-differences'] a[href='#f1-op-12']").click();
        operation.waitFor();
        assertTrue(operation.isVisible());
    }

    @Test
    void oneClickSelectsTheWholeCommand() throws IOException {
        for (int width : new int[] {WIDE, NARROW}) {
            Page page = open(SampleReports.oneFinding(), width, ColorScheme.LIGHT);
            page.locator("pre.command").first().click();
            assertEquals(SampleReports.oneFinding().reproduce(), page.evaluate("getSelection().toString()"));
        }
    }

    @Test
    void printingShowsWhatIsFoldedInDarkOnLight() throws IOException {
        Page page = open(SampleReports.oneFinding(), 720, ColorScheme.DARK);
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT).setColorScheme(ColorScheme.DARK));
        assertTrue(page.locator("#f1-op-12").isVisible());
        assertEquals("rgb(255, 255, 255)", page.evaluate("getComputedStyle(document.body).backgroundColor"));
        assertEquals(List.of(), page.evaluate(FAINT_TEXTS));
        assertEquals("table-row", page.evaluate("getComputedStyle(document.querySelector('.log tbody tr')).display"));
    }

    private static Locator named(Page page, AriaRole role, String name) {
        return page.getByRole(role, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private Page open(RunReport report, int width, ColorScheme scheme) throws IOException {
        Path file = new HtmlReport().write(report, directory);
        BrowserContext context = chromium.browser()
                .newContext(new Browser.NewContextOptions()
                        .setViewportSize(width, 900)
                        .setColorScheme(scheme));
        contexts.add(context);
        Page page = context.newPage();
        page.onConsoleMessage(message -> console.add(message.text()));
        page.onPageError(console::add);
        page.onDialog(dialog -> {
            console.add("dialog: " + dialog.message());
            dialog.dismiss();
        });
        page.onRequest(request -> requests.add(request.url()));
        page.navigate(file.toUri().toString());
        return page;
    }
}
