package shop;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firstboot.bake.Bakery;
import dev.firstboot.image.FileEntry;
import dev.firstboot.image.Image;
import dev.firstboot.image.Recipe;
import dev.firstboot.machine.Machine;
import dev.firstboot.plan.RootfsTar;
import dev.firstboot.workload.xmpp.Xmpp;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** A Spring Boot application, packed into one jar, that bakes and boots with the Jackson that Spring Boot manages. */
@SpringBootApplication
public class Shop {
    public static void main(String[] arguments) {
        SpringApplication.run(Shop.class, arguments);
    }

    @Bean
    Image image() {
        return Image.builder()
                .name("shop")
                .recipe(Recipe.builder("shop")
                        .addPackage("nginx-light")
                        .addFile(FileEntry.resource("/srv/stock.txt", Shop.class, "stock.txt"))
                        .build())
                .build();
    }

    @Bean(destroyMethod = "close")
    Bakery bakery() {
        return Bakery.create();
    }

    @Bean
    ApplicationRunner opening(Image image, Bakery bakery, ObjectMapper mapper) {
        return arguments -> open(image, bakery, mapper, arguments);
    }

    private static void open(Image image, Bakery bakery, ObjectMapper mapper, ApplicationArguments arguments) {
        Image chat = Image.builder()
                .name("chat")
                .workload(Xmpp.cluster("chat.example.com"))
                .build();
        if (!Image.fromJson(chat.toJson()).equals(chat)) {
            throw new IllegalStateException("the image is another after it was kept as JSON");
        }
        Path target = Path.of(arguments.getNonOptionArgs().get(0));
        try (Machine machine = bakery.bake(image, RootfsTar.to(target)).boot()) {
            machine.awaitReady(Duration.ofMinutes(5));
            String stock = machine.run("cat", "/srv/stock.txt").output();
            if (!stock.equals("three apples\n")) {
                throw new IllegalStateException("the stock is not what was put in: " + stock);
            }
        }
        System.out.println("the shop was open, with Jackson " + mapper.version());
    }
}
