package dev.gantry.daemon.boot;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.LoggingEvent;
import org.junit.jupiter.api.Test;
import org.springframework.boot.logging.logback.ExtendedWhitespaceThrowableProxyConverter;

class LogInjectionTests {

    @Test
    void controlCharactersOfAMessageNeitherEndItsLineNorReachTheTerminal() {
        String line = layout("pulled image=x\n2026 level=ERROR forged\r\u001b[31m\u009b2J\u0000 end");
        assertThat(line).endsWith("pulled image=x?2026 level=ERROR forged??[31m?2J? end\n");
    }

    @Test
    void wordsStayAsTheyAre() {
        assertThat(layout("name=käse 10:30 a\\b 'c' {d}")).endsWith(" name=käse 10:30 a\\b 'c' {d}\n");
    }

    private static String layout(String message) {
        LoggerContext context = new LoggerContext();
        PatternLayout layout = new PatternLayout();
        layout.getInstanceConverterMap().put("wEx", ExtendedWhitespaceThrowableProxyConverter::new);
        layout.setContext(context);
        layout.setPattern(GantryApplication.LOG_PATTERN);
        layout.start();
        return layout.doLayout(
                new LoggingEvent("test", context.getLogger("test"), Level.INFO, message, null, new Object[0]));
    }
}
