package dev.gantry.registry;

import dev.gantry.registry.RegistryException.Kind;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lists the tags of a repository, page by page. */
final class TagLister {

    /** compat: ECR refuses pages of more than 1000. */
    private static final int PAGE = 1000;

    private static final int PAGE_LIMIT = 4 * 1024 * 1024;
    private static final int MOST_PAGES = 1000;
    private static final Pattern NEXT = Pattern.compile("<([^>]{1,4096})>\\s*;[^,]*rel=\"?next\"?");

    private final RegistryCaller caller;

    TagLister(RegistryCaller caller) {
        this.caller = caller;
    }

    List<String> list(Target target, ImageReference repository) {
        String action = action(repository);
        List<String> tags = new ArrayList<>();
        Set<String> visited = new HashSet<>();
        Optional<String> path = Optional.of("/v2/" + repository.repository() + "/tags/list?n=" + PAGE);
        while (path.isPresent()) {
            if (!visited.add(path.get()) || visited.size() > MOST_PAGES) {
                throw RegistryException.of(Kind.INVALID_CONTENT, action, "the pages of its answer have no end");
            }
            RegistryCall call = RegistryCall.get(action, path.get(), Map.of(), repository.repository());
            Page page = caller.call(target, call, response -> read(response, target.endpoint(), action));
            tags.addAll(page.tags());
            path = page.next();
        }
        return tags;
    }

    static String action(ImageReference repository) {
        return "list the tags of " + repository.familiarName();
    }

    private Page read(Response response, Endpoint endpoint, String action) throws IOException {
        byte[] content =
                response.body().readDocument(PAGE_LIMIT, caller.deadlines().document());
        try {
            List<String> tags = Json.texts(Json.object(content), "tags");
            return new Page(tags, next(response, endpoint));
        } catch (IllegalArgumentException | URISyntaxException e) {
            throw RegistryException.of(Kind.INVALID_CONTENT, action, String.valueOf(e.getMessage()), e);
        }
    }

    private static Optional<String> next(Response response, Endpoint endpoint) throws URISyntaxException {
        for (String header : response.headers().allValues("Link")) {
            Matcher link = NEXT.matcher(header);
            if (link.find()) {
                URI next = response.uri().resolve(new URI(link.group(1)));
                if (!Origin.of(next).host().equals(endpoint.origin().host())) {
                    throw new IllegalArgumentException("the next page is on another host");
                }
                String query = next.getRawQuery() == null ? "" : "?" + next.getRawQuery();
                return Optional.of(next.getRawPath() + query);
            }
        }
        return Optional.empty();
    }

    private record Page(List<String> tags, Optional<String> next) {}
}
