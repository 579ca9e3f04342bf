package dev.firstboot.workload.xmpp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.image.DomainName;
import dev.firstboot.image.Release;
import dev.firstboot.workload.config.Yaml;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExtensionTest {
    private static final Settings SETTINGS = Settings.of(DomainName.of("chat.example.com"));

    @ParameterizedTest
    @EnumSource(Release.class)
    void extensions_eachProvider_isConfigured(Release release) {
        List<String> configured = configured(release);

        for (Extension extension : Extension.all()) {
            if (extension.since().compareTo(release) <= 0) {
                assertThat(configured).as(extension.toString()).containsAll(extension.providers());
            }
        }
    }

    @Test
    void extensions_tableInTheDocumentation_isThisOne() throws IOException {
        String table = Stream.concat(
                        Stream.of(
                                "| Suite | Feature | Asked of a | Specifications | Provided by | In full on |",
                                "|---|---|---|---|---|---|"),
                        Extension.all().stream().map(Extension::row))
                .collect(Collectors.joining("\n", "", "\n"));

        assertThat(java.nio.file.Files.readString(Path.of("..", "docs", "xmpp.md"), StandardCharsets.UTF_8))
                .contains(table);
    }

    private static List<String> configured(Release release) {
        Yaml.Mapping modules =
                (Yaml.Mapping) EjabberdConfig.document(SETTINGS, release).get("modules");
        return Stream.concat(
                        modules.keys().stream(),
                        Listeners.all(release).stream()
                                .map(listener -> "listener:" + listener.port().number()))
                .toList();
    }
}
