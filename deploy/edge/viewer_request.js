// CloudFront function, viewer request. Finds the route of a request, takes its prefix off, names the service for the
// balancer and the browser's address for the services. What the client sent under these names is overwritten.
var ROUTES = '{{ROUTES}}';
var OFFICE = '{{OFFICE}}';

function refused(status, text) {
  return { statusCode: status, statusDescription: text, headers: { 'cache-control': { value: 'no-store' } } };
}

function number(address) {
  var parts = address.split('.');
  if (parts.length !== 4) {
    return -1; // IPv6: the distribution does not offer it, and no block of the office has it
  }
  return ((+parts[0] * 256 + +parts[1]) * 256 + +parts[2]) * 256 + +parts[3];
}

function fromOffice(address) {
  var value = number(address);
  return value >= 0 && OFFICE.some(function (block) {
    var parts = block.split('/');
    var size = Math.pow(2, 32 - (parts.length > 1 ? +parts[1] : 32));
    return Math.floor(value / size) === Math.floor(number(parts[0]) / size);
  });
}

function below(path, prefix) {
  return prefix === '' || path === prefix || path.indexOf(prefix + '/') === 0;
}

function allowed(path, only) {
  return only.length === 0 || only.some(function (name) {
    return name.charAt(name.length - 1) === '/' ? path.indexOf(name) === 0 : path === name;
  });
}

function plain(path) {
  return path.indexOf('//') < 0 && path.indexOf('\\') < 0 && !/(^|\/)(\.|%2e){1,2}(\/|$)/i.test(path);
}

function handler(event) {
  var request = event.request;
  var host = request.headers.host ? request.headers.host.value.toLowerCase().split(':')[0] : '';
  for (var index = 0; index < ROUTES.length; index++) {
    var route = ROUTES[index];
    if (route.host !== host || !below(request.uri, route.prefix)) {
      continue;
    }
    if (!route.public && !fromOffice(event.viewer.ip)) {
      return refused(403, 'Forbidden');
    }
    var path = route.strip ? request.uri.substring(route.prefix.length) || '/' : request.uri;
    if (!allowed(path, route.only) || (route.only.length > 0 && !plain(path))) {
      return refused(404, 'Not Found');
    }
    request.uri = route.pages && !/\.[a-z0-9]+$/i.test(path) ? '/index.html' : path;
    request.headers['x-route'] = { value: route.service };
    request.headers['true-client-ip'] = { value: event.viewer.ip };
    return request;
  }
  return refused(404, 'Not Found');
}
